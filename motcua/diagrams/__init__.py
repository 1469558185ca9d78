"""A process as a picture and as BPMN 2.0: both are made from the steps of an edition, nothing is drawn by hand.

Nouns: `Way` (where a dossier went and where it is), `Arrow` (from the catalogue's rules). Verbs: `svg.draw`,
`words.described` (the picture in words), `bpmn.export`, `bpmn.read`. Pure: no clock, no database, no Django.

Standards: BPMN 2.0.2 (ISO/IEC 19510), WCAG 2.2 1.1.1 and 1.4.1 (a picture has its words, a colour is never alone).
"""
