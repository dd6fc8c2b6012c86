"""A rule that was matched, as the trace shows it."""

from assistant.verdicts.matching import Match


def said(match: Match) -> str:
    """ "forbudt (ai-politik.pdf, side 2): ChatGPT må ikke …" """
    prepared = match.prepared
    modality = (
        "forbudt, fordi andet er det eneste tilladte" if match.implied else prepared.rule.modality
    )
    place = f"{prepared.document.file}, side {prepared.passage.page_label}"
    text = prepared.sentence.text
    if prepared.rule.column:
        label = prepared.rule.scope.partition(": ")[0]
        text = f"{label} – {prepared.rule.column}: {prepared.rule.cell}"
    return f"{modality} ({place}): {text}"
