def test_a_french_telegram_has_a_header_and_a_letter_has_none() -> None:
    fields = (
        "TD ROCHEMAURE 0102\nDate : 4 mars 2021, 9h05\nOrigine : Ambassade Rochemaure\n"
        "Destinataires : Paris\nClassification : DIFFUSION RESTREINTE\nObjet : Entretien\n\n"
    )
    body = "1. Le ministre a reçu l'ambassadeur mardi.\n\n2. Il a demandé une aide.\n"
    found = extract("td.txt", (fields + body).encode())
    assert found.header is not None
    assert found.header.number == "TD ROCHEMAURE 0102"
    assert found.header.datetime == "2021-03-04T09:05"
    assert found.header.classification == "DIFFUSION RESTREINTE"
    assert found.header.subject == "Entretien"
    assert [p.number for p in found.paragraphs] == [1, 2]
    letter = "Date : 4 mars 2021\nDestinataires : Paris\nRéf. : 12\nObjet : Entretien\n\n" + body
    assert extract("lettre.txt", letter.encode()).header is None
