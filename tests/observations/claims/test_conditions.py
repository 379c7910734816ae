"""Conditions told in a text: notice, approval, origin, port of loading, purpose. What is not told stays unknown."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.observations.claims.conditions import conditions_of, with_conditions
from observance.observations.claims.lexicon import load
from observance.observations.claims.record import Claim, Item, Party

LEXICON = load()


def claim(text, trigger, *, event="trade", modality="asserted", parties=()):
    start = text.index(trigger)
    span = (start, start + len(trigger))
    people = tuple(Party(name=name, role=role, code=code) for name, role, code in parties)
    return Claim(id="c", event=event, modality=modality, evidence=span, trigger=span, chain=(), participants=people)


def told(text, trigger, **fields):
    return {one.id: one.value for one in conditions_of(claim(text, trigger, **fields), text, LEXICON)}


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Lakia delivered oil and reported the delivery to the 1718 Committee.", "delivered", {"notified_to_committee": "yes"}),
        ("Lakia delivered oil. It notified the Security Council committee in June.", "delivered", {"notified_to_committee": "yes"}),
        ("Lakia delivered oil without notifying the Committee.", "delivered", {"notified_to_committee": "no"}),
        ("Lakia delivered oil. It did not report the delivery to the Committee.", "delivered", {"notified_to_committee": "no"}),
        ("Lakia failed to inform the Committee of the oil that it shipped.", "shipped", {"notified_to_committee": "no"}),
        ("The unreported deliveries of oil that Lakia shipped went on.", "shipped", {"notified_to_committee": "no"}),
        ("Lakia notified 2,136 tonnes of refined oil for September.", "notified", {"notified_to_committee": "yes"}),
        ("With the approval of the Committee, Wells shipped drills.", "shipped", {"committee_approval": "granted"}),
        ("The Committee granted Wells an exemption to bring drills.", "bring", {"committee_approval": "granted"}),
        ("Wells shipped drills without the prior approval of the Committee.", "shipped", {"committee_approval": "none"}),
        ("The Committee had not approved the drills that Wells shipped.", "shipped", {"committee_approval": "none"}),
        ("The Committee rejected the request of Wells, which shipped drills.", "shipped", {"committee_approval": "refused"}),
        ("The ship loaded coal at Rajin.", "loaded", {"loaded_at": "Rajin"}),
        ("Coal of Russian origin was shipped through the port of Rajin.", "shipped", {"origin": "RUS", "loaded_at": "Rajin"}),
        ("Coal mined in Lakia was shipped from North Korea's port of Rajin.", "shipped", {"origin": "Lakia", "loaded_at": "Rajin"}),
        ("North Korean-origin coal was shipped.", "shipped", {"origin": "PRK"}),
        ("Lakia sent flour as food aid.", "sent", {"purpose": "humanitarian"}),
        ("The authorities refused an export licence; the lifts were not shipped.", "shipped", {"export_licence": "refused"}),
        ("After an inspection the ship, which had carried oil, was released.", "carried", {"inspection_result": "cleared"}),
        ("Lakia delivered oil.", "delivered", {}),
    ],
)  # fmt: skip
def test_a_condition_is_read_as_it_is_told(text, trigger, expected):
    assert told(text, trigger) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lakia told the Committee that Moria had delivered oil.",
        "Forty States reported to the Committee that ships had delivered oil.",
        "Ships had delivered oil. Moria praised the Committee.",
        "Ships had delivered oil. Tovia notified the Committee of a new ambassador.",
    ],
)
def test_what_others_say_to_the_committee_is_no_notice_of_the_act(text):
    assert told(text, "delivered", parties=[("Lakia", "supplier", None)]) == {}


def test_an_approval_of_the_sentence_before_needs_a_party_or_a_word_that_points_back():
    text = "On 6 May the Committee approved an exemption for Wells. {} shipped drills."
    assert told(text.format("With this approval Wells"), "shipped") == {"committee_approval": "granted"}
    assert told(text.format("Wells"), "shipped", parties=[("Wells", "supplier", None)]) == {
        "committee_approval": "granted"
    }
    assert told(text.format("Somebody else"), "shipped", parties=[("Tovia", "supplier", None)]) == {}


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The ship loaded North Korean coal.", "loaded", {"origin": "PRK"}),
        ("The ship carried DPRK coal.", "carried", {"origin": "PRK"}),
        ("The firm sent Russia coal.", "sent", {}),
        ("The firm gave the North Koreans coal.", "gave", {}),
        ("The firm sent coal.", "sent", {}),
    ],
)
def test_the_state_right_before_a_thing_is_its_origin_and_a_recipient_is_not(text, trigger, expected):
    start = text.index("coal")
    thing = Item(id="coal", words="coal", span=(start, start + 4))
    found = conditions_of(replace(claim(text, trigger), items=(thing,)), text, LEXICON)
    assert {one.id: one.value for one in found} == expected
    assert all(text[one.span[0] : one.span[1]] == one.words for one in found)


def test_the_next_paragraph_tells_nothing_of_this_one():
    assert told("Lakia delivered oil.\nIt notified the Committee.", "delivered") == {}


@pytest.mark.parametrize(("event", "modality"), [("statement", "asserted"), ("trade", "denied"), ("visit", "asserted")])
def test_words_and_denied_acts_have_no_conditions(event, modality):
    text = "Lakia delivered oil and reported it to the Committee."
    assert told(text, "delivered", event=event, modality=modality) == {}


def test_what_a_claim_already_has_is_kept():
    text = "Lakia delivered oil and reported it to the Committee."
    first = with_conditions([claim(text, "delivered")], text, LEXICON)
    assert with_conditions(first, text, LEXICON) == first


def test_the_span_of_a_condition_holds_its_words():
    text = "Lakia delivered oil and reported it to the Committee."
    (one,) = conditions_of(claim(text, "delivered"), text, LEXICON)
    assert text[one.span[0] : one.span[1]] == one.words


@settings(deadline=2000)
@given(
    st.lists(
        st.sampled_from(
            [
                "not",
                "the",
                "Committee",
                "approved",
                ",",
                ".",
                "reported",
                "to",
                "without",
                "approval",
                "Lakia",
                "port",
                "of",
                "(",
                ")",
                "-",
                "that",
            ]
        ),
        max_size=400,
    )
)
def test_no_text_takes_the_reader_long_or_breaks_it(words):
    text = "Lakia shipped " + " ".join(words)
    conditions_of(claim(text, "shipped"), text, LEXICON)
