"""The page in a real browser, offline: nothing is blocked or reported, and what a reader clicks answers with quotes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from view_contents import HOSTILE, content_of, fact_of, hostile_content, small_content

from kg.views.escape import shown
from kg.views.page import Page, build
from kg.views.picture import FIRST_SIGHT

Show = Callable[..., Chrome]


def pair() -> Page:
    """Two names and one line: their places in the picture are known, left, right and middle."""
    return build(content_of(fact_of("Supply", {"supplier": ("company/a",), "customer": ("company/b",)})), "Pair")


def panel(browser: Chrome) -> str:
    return browser.find_element(By.ID, "panel").text


def heading(browser: Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, "#panel h2").text


def search(browser: Chrome, text: str) -> None:
    browser.find_element(By.ID, "query").send_keys(text)


def drawn(browser: Chrome) -> str:
    """The picture's pixels."""
    return browser.execute_script("return document.querySelector('#network canvas').toDataURL()")


def test_all_deals_are_listed_as_text_and_open_with_their_quotes(show: Show) -> None:
    browser = show(build(small_content(), "Small"))
    assert browser.title == "Small"
    assert heading(browser) == "All deals"
    assert browser.find_element(By.ID, "summary").text == "3 deals, 3 companies, 1 person, 1 place from 1 document"
    labels = [button.text for button in browser.find_elements(By.CSS_SELECTOR, "#panel > table button")]
    assert labels == ["Acquisition 1", "JointVenture 1", "Merger 1"]
    browser.find_element(By.CSS_SELECTOR, "[data-fact='deal/jointventure-1']").click()
    assert heading(browser) == "JointVenture 1"
    assert browser.switch_to.active_element.text == "JointVenture 1"
    for words in ("Alba and Birk set up a venture.", "CNY 1 billion", "March 2021", "Announced", "News, Gazette"):
        assert words in panel(browser)
    assert "Read by\nnetwork, 97 %\nwords:" in panel(browser)
    link = browser.find_element(By.CSS_SELECTOR, "#panel a")
    assert link.get_attribute("href") == "https://news.example/a?b=1&c=2"
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize(("offset", "title"), [(0, "Supply 1"), (-1, "A"), (1, "B")])
def test_a_click_on_a_line_or_a_node_shows_its_facts(show: Show, offset: int, title: str) -> None:
    browser = show(pair())
    # At the scale that a small picture is shown in, the two nodes are 1.5 × 110 pixels apart.
    canvas = browser.find_element(By.CSS_SELECTOR, "#network canvas")
    ActionChains(browser).move_to_element_with_offset(canvas, offset * 82, 0).click().perform()
    WebDriverWait(browser, 3).until(lambda b: heading(b) == title)
    assert "As agreed." in panel(browser)
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert heading(browser) == "All deals"


def test_search_finds_a_name_by_keyboard_and_leads_from_name_to_fact_and_back(show: Show) -> None:
    browser = show(build(small_content(), "Small"))
    search(browser, "COR")
    (option,) = browser.find_elements(By.CSS_SELECTOR, "#matches [role=option]")
    assert option.text.split("\n") == ["Corvo", "Company"]
    search(browser, Keys.ENTER)
    assert heading(browser) == "Corvo"
    assert "Alba eyes Corvo." in panel(browser)
    assert browser.find_element(By.ID, "status").get_attribute("textContent") == "Corvo"
    browser.find_element(By.CSS_SELECTOR, "#panel [data-name='company/birk']").click()
    assert heading(browser) == "Birk"
    browser.find_element(By.XPATH, "//button[contains(., 'Back')]").click()
    assert heading(browser) == "Corvo"


def test_search_says_when_there_is_no_such_name(show: Show) -> None:
    browser = show(pair())
    search(browser, "zzz")
    assert browser.find_element(By.ID, "matches").text == "No such name in this graph."
    search(browser, Keys.ENTER)
    assert heading(browser) == "All deals"


def test_search_brings_a_name_that_was_left_out_at_first(show: Show) -> None:
    facts = [
        fact_of("Supply", {"supplier": (f"company/s{n:03}",), "customer": ("company/hub",)}, key=f"{n:03}")
        for n in range(FIRST_SIGHT + 20)
    ]
    browser = show(build(content_of(*facts), "Many"))
    notice = browser.find_element(By.ID, "notice")
    assert notice.text == "The 300 best connected of 321 names are drawn; search finds the other 21."
    search(browser, "s319" + Keys.ENTER)
    assert heading(browser) == "S319"
    assert notice.text == "The 301 best connected of 321 names are drawn; search finds the other 20."


@pytest.mark.parametrize(("group", "key"), [("kinds", "Company"), ("types", "Supply"), ("statuses", "announced")])
def test_the_legend_switches_things_off_and_on(show: Show, group: str, key: str) -> None:
    browser = show(pair())
    before = drawn(browser)
    box = browser.find_element(By.CSS_SELECTOR, f"#legend input[data-group='{group}'][value='{key}']")
    box.click()
    WebDriverWait(browser, 3).until(lambda b: drawn(b) != before)
    box.click()
    WebDriverWait(browser, 3).until(lambda b: drawn(b) == before)


def test_hostile_text_is_only_shown(show: Show) -> None:
    browser = show(build(hostile_content(), HOSTILE[0]))
    assert browser.find_element(By.TAG_NAME, "h1").text == HOSTILE[0]
    for place, text in enumerate(HOSTILE):
        browser.find_element(By.CSS_SELECTOR, f"[data-fact='deal/partnership-{place}']").click()
        quote = browser.find_element(By.TAG_NAME, "blockquote").get_attribute("textContent")
        assert quote == shown(text)
        browser.find_element(By.ID, "close").click()
    search(browser, "<img")
    assert browser.find_element(By.CSS_SELECTOR, "#matches bdi").text == HOSTILE[0]
    assert browser.find_elements(By.CSS_SELECTOR, "#panel img, #matches img, h1 img") == []


def test_a_notebook_shows_the_same_page_in_a_frame(show: Show) -> None:
    page = build(small_content(), "Small")
    browser = show(Page(f"<!doctype html><title>Notebook</title>{page._repr_html_()}"))
    browser.switch_to.frame(0)
    browser.find_element(By.CSS_SELECTOR, "[data-fact='deal/merger-1']").click()
    assert "Birk denies it." in panel(browser)
    browser.switch_to.default_content()


def test_on_a_phone_everything_fits_the_width(show: Show) -> None:
    browser = show(build(small_content(), "Small"), 390, 844)
    assert browser.execute_script("return document.documentElement.scrollWidth") == 390
    assert not browser.find_element(By.ID, "legend").get_property("open")
    browser.find_element(By.CSS_SELECTOR, "[data-fact='deal/merger-1']").click()
    assert "Birk denies it." in panel(browser)


def test_the_picture_follows_the_colour_scheme(show: Show) -> None:
    browser = show(build(small_content(), "Small"))
    before = drawn(browser)
    scheme = {"name": "prefers-color-scheme", "value": "dark"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    try:
        WebDriverWait(browser, 3).until(lambda b: drawn(b) != before)
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
