"""How reports come in: taken, read in worker processes, watched for, read again."""
