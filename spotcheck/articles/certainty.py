"""How sure a claim sounds against how sure it may be: the rule, and what is counted by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import pandas as pd

from spotcheck.articles.claims import RHETORIC, VERDICTS
from spotcheck.articles.evidence import GRADES, grade_rank
from spotcheck.articles.stances import STANCE_VALUES
from spotcheck.articles.story import GRADE_WORDS, VERDICT_WORDS, WORDING_WORDS
from spotcheck.wording import counted, joined

Fit = Literal["too_sure", "too_shy", "about_right", "not_judged"]

WORDINGS: tuple[str, ...] = ("assertive", "attributed", "hedged")
FITS: tuple[Fit, ...] = ("too_sure", "too_shy", "about_right", "not_judged")
FIT_WORDS: dict[str, str] = {
    "too_sure": "Too sure",
    "too_shy": "Too shy",
    "about_right": "About right",
    "not_judged": "Not judged",
}
REASON_WORDS = {
    "against": "the studies speak against it",
    "beyond": "it goes further than the studies do",
    "thin": "firm words on thin evidence",
    "shy": "careful words, though good evidence speaks for it",
    "firm": "firm words on firm ground",
    "careful": "careful words where care is due",
    "credited": "credited to others, so neither firm nor careful",
    "definition": "it says what a word or a part is, which no trial has to show",
    "open": "nothing that studies could settle",
}
_FIRM_GRADES = ("high", "moderate")
_BEYOND = ("overstated", "contested", "unsupported")
# Verdicts that leave it to the topic's studies whether they speak against the claim.
_OPEN = ("contested", "unsupported")
_UNCHECKED = ("not_checkable", "not_applicable")
# The first are the most telling.
_TELLING = ("against", "beyond", "thin", "shy")


class Judgement(NamedTuple):
    """Whether the wording of a claim fits its evidence, and why.

    Attributes
    ----------
    fit : str
        One of `FITS`.
    reason : str
        Key of `REASON_WORDS`.
    """

    fit: Fit
    reason: str


def judge(
    wording: str,
    grade: str,
    verdict: str,
    *,
    claim_type: str = "effect",
    stance: str = "supports",
    direction: str = "supports",
) -> Judgement:
    """Whether a claim sounds as sure as its evidence allows.

    Firm words are too sure where the studies speak against the claim, where it goes further than
    they do, and where the evidence is of low or very low certainty. Careful words are too shy where
    evidence of moderate or high certainty speaks for the claim. All else is about right. A
    definition that holds needs no trial, and what studies cannot settle is not judged.

    Parameters
    ----------
    wording : {'assertive', 'attributed', 'hedged'}
        How firmly the article says it. Words credited to others count as neither firm nor careful,
        yet as too sure where the studies speak against them or do not go as far.
    grade : str
        Certainty of the evidence on the claim's topic, one of `GRADES`.
    verdict : str
        How the claim itself fares, one of `VERDICTS`; it goes before the topic's direction.
    claim_type : str, optional
        Kind of claim.
    stance : str, optional
        What the claim says of its topic.
    direction : str, optional
        What the studies say of the topic.

    Raises
    ------
    ValueError
        If `wording`, `grade` or `verdict` is unknown.

    Examples
    --------
    >>> judge("assertive", "low", "partly_supported")
    Judgement(fit='too_sure', reason='thin')
    >>> judge("assertive", "high", "contradicted").fit, judge("hedged", "high", "contradicted").fit
    ('too_sure', 'about_right')
    >>> judge("hedged", "moderate", "supported").fit
    'too_shy'
    """
    for name, value, allowed in (
        ("wording", wording, WORDINGS),
        ("grade", grade, GRADES),
        ("verdict", verdict, VERDICTS),
    ):
        if value not in allowed:
            raise ValueError(f"{name} is {value!r}; allowed are {', '.join(allowed)}")
    if grade == "not_graded" or verdict in _UNCHECKED:
        return Judgement("not_judged", "open")
    on_firm_ground = grade in _FIRM_GRADES
    is_opposite = STANCE_VALUES.get(stance, 0) * STANCE_VALUES.get(direction, 0) < 0
    if wording == "hedged":
        is_shy = on_firm_ground and verdict == "supported" and not is_opposite
        return Judgement("too_shy", "shy") if is_shy else Judgement("about_right", "careful")
    if verdict == "contradicted" or (is_opposite and verdict in _OPEN):
        return Judgement("too_sure", "against")
    if verdict in _BEYOND:
        return Judgement("too_sure", "beyond")
    if wording == "attributed":
        return Judgement("about_right", "credited")
    if on_firm_ground:
        return Judgement("about_right", "firm")
    if claim_type == "definition" and verdict == "supported":
        return Judgement("about_right", "definition")
    return Judgement("too_sure", "thin")


def judged_claims(
    claims: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    articles: Sequence[str] = (),
    rhetoric: bool = False,
) -> pd.DataFrame:
    """Claims on these topics, each with the judgement of its wording.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of claims.
    topics : pandas.DataFrame
        Table of topics, or those of its rows that a reader wants to see.
    articles : sequence of str, optional
        Articles to keep; empty keeps all.
    rhetoric : bool, default False
        Whether framing and promises stay in.

    Returns
    -------
    pandas.DataFrame
        Rows and columns of `claims` in their order, with ``short_label``, ``evidence_direction``
        and ``grade`` of the topic, and ``fit`` and ``reason``.

    Examples
    --------
    >>> claims = pd.DataFrame({
    ...     "claim_id": ["A01"], "article_id": ["A"], "topic_id": ["T01"], "verdict": ["supported"],
    ...     "claim_type": ["effect"], "wording_certainty": ["assertive"],
    ...     "stance_to_topic": ["supports"]})
    >>> topics = pd.DataFrame({"topic_id": ["T01"], "short_label": ["Running and heart"],
    ...                        "evidence_direction": ["supports"], "grade": ["very_low"]})
    >>> judged_claims(claims, topics)[["fit", "reason"]].to_numpy().tolist()
    [['too_sure', 'thin']]
    """
    kept = claims if rhetoric else claims[claims["claim_type"].ne(RHETORIC)]
    if articles:
        kept = kept[kept["article_id"].isin(list(articles))]
    rows = kept.merge(
        topics[["topic_id", "short_label", "evidence_direction", "grade"]], on="topic_id"
    )
    judgements = [
        judge(wording, grade, verdict, claim_type=kind, stance=stance, direction=direction)
        for wording, grade, verdict, kind, stance, direction in zip(
            rows["wording_certainty"],
            rows["grade"],
            rows["verdict"],
            rows["claim_type"],
            rows["stance_to_topic"],
            rows["evidence_direction"],
            strict=True,
        )
    ]
    return rows.assign(
        fit=[one.fit for one in judgements], reason=[one.reason for one in judgements]
    )


def fit_counts(judged: pd.DataFrame) -> pd.DataFrame:
    """Number of claims of each article by fit.

    Parameters
    ----------
    judged : pandas.DataFrame
        Result of `judged_claims`.

    Returns
    -------
    pandas.DataFrame
        Index ``article_id`` of the articles that have claims, one column for each of `FITS`, and
        ``judged``, the sum of all but the last.

    Examples
    --------
    >>> fit_counts(pd.DataFrame({"article_id": ["A", "A"], "fit": ["too_sure", "not_judged"]}))[
    ...     ["too_sure", "judged"]].to_numpy().tolist()
    [[1, 1]]
    """
    counts = pd.crosstab(judged["article_id"], judged["fit"])
    counts = counts.reindex(columns=list(FITS), fill_value=0)
    counts["judged"] = counts[list(FITS[:-1])].sum(axis=1)
    return counts.rename_axis(index="article_id", columns=None)


def finding(counts: pd.DataFrame) -> str:
    """Title of the picture: how often each article is too sure, and too shy.

    Parameters
    ----------
    counts : pandas.DataFrame
        Result of `fit_counts`.

    Examples
    --------
    >>> finding(pd.DataFrame({"too_sure": [9, 5], "too_shy": [0, 2], "judged": [26, 27]},
    ...                      index=["A", "C"]))
    'Too sure: A in 9 of 26 claims and C in 5 of 27. Too shy: C in 2'
    """
    spoken = counts[counts["judged"].gt(0)]
    if spoken.empty:
        return "No claim here can be judged"
    sure = [
        f"{article} in {n} of {judged}"
        for article, n, judged in zip(
            spoken.index, spoken["too_sure"], spoken["judged"], strict=True
        )
    ]
    sure[0] += " claims"
    shy = [
        f"{article} in {n}" for article, n in zip(spoken.index, spoken["too_shy"], strict=True) if n
    ]
    return f"Too sure: {joined(sure)}. Too shy: {joined(shy) if shy else 'none'}"


def explained(judged: pd.DataFrame) -> str:
    """What the claims that are too sure have against them, in a sentence or two.

    Parameters
    ----------
    judged : pandas.DataFrame
        Result of `judged_claims`.

    Examples
    --------
    >>> explained(pd.DataFrame({"reason": ["against", "thin", "thin", "firm"]}))
    'Of the three too sure claims, one goes against or beyond the studies. The other two may well be right: they are said firmly where evidence is thin.'
    """  # noqa: E501
    n_thin = int(judged["reason"].eq("thin").sum())
    n_beyond = int(judged["reason"].isin(_TELLING[:2]).sum())
    if not n_thin + n_beyond:
        return "No claim here is too sure."
    if not n_beyond:
        return "Every claim that is too sure may well be right: the evidence is thin, not against."
    if not n_thin:
        return "Every claim that is too sure goes against or beyond the studies."
    return (
        f"Of the {counted(n_thin + n_beyond)} too sure claims, {counted(n_beyond)} "
        f"{'goes' if n_beyond == 1 else 'go'} against or beyond the studies. The other "
        f"{counted(n_thin)} may well be right: "
        f"{'it is' if n_thin == 1 else 'they are'} said firmly where evidence is thin."
    )


def unjudged_sentence(judged: pd.DataFrame) -> str:
    """How many claims stay out of the counts, with a space before it; empty where none does.

    Examples
    --------
    >>> unjudged_sentence(pd.DataFrame({"fit": ["not_judged", "too_shy"]}))
    ' One claim, a small mark, cannot be judged.'
    """
    n = int(judged["fit"].eq("not_judged").sum())
    if not n:
        return ""
    if n == 1:
        return " One claim, a small mark, cannot be judged."
    return f" {counted(n).capitalize()} claims, small marks, cannot be judged."


def most_telling(judged: pd.DataFrame, fit: str, per_article: int = 2) -> pd.DataFrame:
    """Claims of one fit that say most, article by article, the most telling first.

    Those that the studies speak against come first, then those that go beyond them, then those on
    thin evidence. Where the evidence counts against a claim or makes it too shy, the surest
    evidence goes first; where it is thin, the thinnest, and the worse verdict.

    Parameters
    ----------
    judged : pandas.DataFrame
        Result of `judged_claims`.
    fit : str
        One of `FITS`.
    per_article : int, optional
        How many of each article at most.

    Examples
    --------
    >>> judged = pd.DataFrame({"claim_id": ["A01", "A02"], "fit": ["too_sure"] * 2,
    ...                        "reason": ["thin", "against"], "grade": ["low", "moderate"],
    ...                        "article_id": ["A", "A"],
    ...                        "verdict": ["supported", "contradicted"]})
    >>> most_telling(judged, "too_sure", 1)["claim_id"].tolist()
    ['A02']
    """
    rows = judged[judged["fit"].eq(fit)]
    rank = grade_rank(rows["grade"])
    order = pd.DataFrame(
        {
            "reason": rows["reason"].map({one: at for at, one in enumerate(_TELLING)}),
            "grade": rank.mask(rows["reason"].eq("thin"), -rank),
            "verdict": rows["verdict"].map({one: -at for at, one in enumerate(VERDICTS)}),
            "claim": rows["claim_id"],
        }
    )
    ranked = rows.loc[order.sort_values(["reason", "grade", "verdict", "claim"]).index]
    chosen = ranked.groupby("article_id", sort=False).head(per_article)
    return chosen.sort_values("article_id", kind="stable")


def certainty_table(judged: pd.DataFrame) -> pd.DataFrame:
    """Every claim with its wording, its evidence and how the two fit, in words.

    Parameters
    ----------
    judged : pandas.DataFrame
        Result of `judged_claims`.
    """
    return pd.DataFrame(
        {
            "claim_id": judged["claim_id"],
            "article": judged["article_id"],
            "claim": judged["claim"],
            "kind": judged["claim_type"],
            "topic": judged["short_label"],
            "wording": judged["wording_certainty"].map(WORDING_WORDS),
            "certainty_of_evidence": judged["grade"].map(GRADE_WORDS),
            "verdict": judged["verdict"].map(VERDICT_WORDS),
            "fit": judged["fit"].map(FIT_WORDS),
            "because": judged["reason"].map(REASON_WORDS),
            "coded_by": judged["coded_by"],
        }
    )
