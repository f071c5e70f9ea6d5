"""What goes to partners and comes from them: over the network, by file, over TAXII."""
