"""What page furniture looks like: the tables of line patterns that ``kg.layout`` applies.

Every pattern describes one whole line of at most ``LONGEST`` characters. Furniture is what stands on a news page
without being part of the article: menus, credits, dates, links, share buttons, agency lines, notices, teasers.
"""

from __future__ import annotations

import re

LONGEST = 600
"""Longer lines are never taken for furniture; it also bounds what matching can cost."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_MONTH} {_DAY},? \d{{4}}|{_DAY}\.?(?: of)? {_MONTH},? \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})(?!\d)"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?"
_ZONE = r"\(?(?:z|gmt|utc|bst|cet|cest|edt|est|et|pdt|pst|pt|cdt|cst|ct|ist|jst|[+-]\d\d:?\d\d)\)?"

DATE_LINE = re.compile(
    r"(?:(?:first )?published|posted|updated|last (?:updated|modified)|date|created|issued)?(?: on| at)?:? ?"
    rf"(?:{_WEEKDAY},? )?(?:{_CLOCK}(?: {_ZONE})?,? (?:on )?)?(?:{_WEEKDAY},? )?(?P<date>{_DATE})"
    rf"(?:,| at|T| ?[|/·•–—-])? ?(?:{_CLOCK})? ?(?:{_ZONE})?"
    r"(?: ?[|/·•–—-]? ?(?:(?:last )?(?:updated|modified)|\d+[ -]min(?:ute)?s? read)\b.{0,60})?",
    re.IGNORECASE,
)
"""A line that holds a date and nothing else that matters."""

HEADER_DATE = re.compile(rf"[^.!?]{{3,120}}[,|–—-] ?(?P<date>{_DATE})", re.IGNORECASE)
"""A header line that ends in a date: "Some Research, building equipment, 14 March 2017"."""

DATELINE = re.compile(
    rf"[A-Z][\w .,'’/()-]{{2,60}}?,? (?P<date>{_DATE}),? ?(?:\([\w /-]{{2,30}}\)|/[\w -]{{2,30}}/)? ?(?:--?|–|—|/)",
    re.IGNORECASE,
)
"""A press release's or agency's opening: "RALEIGH, N.C., June 15, 2023 /PRNewswire/ -- "."""

_AGENCY = (
    r"(?:(?:Thomson )?Reuters|AFP|AP|Associated Press|dpa|DPA|PA|Press Association|PA Media|UPI|Bloomberg|Xinhua|Kyodo"
    r"|PTI|ANI|IANS|TASS|Interfax|EFE|ANSA|ATS|APA|KNA|epd|SID|Yonhap|AAP|PR ?Newswire|Business ?Wire|BUSINESS WIRE"
    r"|Globe ?Newswire|GLOBE NEWSWIRE|Canadian Press|(?:news )?agencies|wires)"
)
_AGENCY_LIST = rf"{_AGENCY}(?:(?:, ?(?:and )?|/| and | & ){_AGENCY}){{0,6}}"
_INITIALS = r"[a-zäöüß]{2,4}"
_PERSON = r"[^\W\d_a-z][\w.'’-]*(?: (?:(?:von|van|de|der|du|la|le|al|ten|bin) )?[^\W\d_a-z][\w.'’-]*){1,3}"

SIGNATURES = re.compile(
    "|".join(
        (
            rf"{_INITIALS}(?:/{_INITIALS}){{1,3}}(?: \({_AGENCY_LIST}\))?",
            rf"{_INITIALS} \({_AGENCY_LIST}\)",
            rf"[(\[–—-]{{0,2}} ?(?:©|\([cC]\)|[Ss]ource:)? ?{_AGENCY_LIST} ?[)\]]?",
            rf"(?:By|BY|by):? {_PERSON}(?:(?:, | and |, and | & ){_PERSON}){{0,4}}(?:, {_AGENCY_LIST})?",
            r"SOURCE:? [A-Z][^!?]{1,80}",
        )
    )
)
"""Who wrote or sent an article; upper and lower case matter here."""

_TEASER_WORDS = (
    r"(?:read|see|watch|listen)(?: (?:more|also|next|now)){1,2}(?: on this)?(?: here)?(?: ?[:|›»>].{0,200})?",
    r"(?:read|see|watch|also (?:read|see|watch)|more|related|recommended|trending|must[- ]read) ?[:|›»>].{0,200}",
    r"(?:don['’]t miss|in case you missed it|also on \w+) ?[:|›»>].{0,200}",
    r"(?:related|recommended|similar) (?:articles?|stor(?:y|ies)|content|topics?|links?|coverage|news|posts?|reading"
    r"|videos?):?",
    r"(?:more|latest|other|top) (?:articles|stories|coverage|news|posts|videos|headlines)(?: (?:from|on) .{1,40})?:?",
    r"more (?:on|from) (?:this|the) (?:story|topic|author|section|web|subject|site).{0,40}",
    r"most (?:read|popular|viewed|shared|commented)(?: (?:in|on) .{1,40})?:?",
    r"read more (?:on|about|from) [^.]{1,50}",
    r"you (?:may|might) (?:also )?(?:like|be interested in).{0,40}",
    r"(?:trending(?: now)?|what to read next|read next|up next|editor['’]?s['’]? picks?):?",
    r"(?:see also|also read|read also):?",
    r"(?:follow|explore) (?:the|more) topics.{0,80}",
)
TEASERS = re.compile("|".join(_TEASER_WORDS), re.IGNORECASE)
"""A teaser for another article, or the heading of a list of them."""

_EDITING = (
    r"\((?:additional |additonal |further )?(?:reporting|writing|editing|compiled|edited|written|translat\w+)\b"
    r".{0,560}",
    r"(?:additional |further )?(?:reporting|writing|editing|edited|translated) by [^.]{3,200}\.?",
    r"\(?with (?:additional )?(?:inputs?|reporting|files?|material|contributions?|agency reports?)"
    r" (?:by|from|of)\b.{0,80}",
    r"\((?:adds?|corrects?|corrected|correcting|updates?|recasts?|refiles?|repeats?|rewrites?|fixes|removes?|deletes?"
    r"|clarifies|circle corrects|(?:this|the) (?:story|article|version)) .{0,250}\)",
    r"\((?:us|a|c)?[$£€¥]? ?1(?:\.0+)? ?= ?.{1,60}\)",
    r"\([\d.,]+ [\w. ]{2,30} ?= ?.{1,60}\)",
)
_BUTTON = (
    r"(?:share|tweet|facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|e-?mail|print|copy link|save|telegram"
    r"|instagram|youtube|flipboard|comments?)"
)
_BUTTONS = (
    r"(?:main |site )?(?:menu|navigation)|skip (?:to|navigation|past)\b.{0,60}|toggle .{1,40}",
    r"(?:go )?back to (?:the )?top\b.{0,60}|home ?[|›»>/].{1,120}",
    rf"{_BUTTON}(?:[ \t|,·•/]+{_BUTTON}){{0,11}}",
    r"share (?:this|on|via|with|to)\b.{0,60}|(?:re)?tweet this|(?:e-?mail|print) this(?: (?:article|story|page|link))?",
    r"save (?:article|story|for later)|bookmark(?: this)?|\d+ (?:comments?|shares?)|comments? ?\(\d+\)",
    r"(?:view|show|add|leave|post) (?:all )?(?:\d+ )?(?:a )?comments?",
    r"(?:follow|like|join|find|add) us on\b.{0,80}",
    r"sign (?:in|up|out)(?: (?:to|for|here|with|now)\b.{0,120})?|log ?(?:in|out)|register(?: now| here| for free)?",
    r"(?:are you on \w+\? )?subscribe(?: (?:to|now|for|here|today)\b.{0,160})?",
    r"(?:get|receive) (?:the|our|all the) .{0,60}(?:newsletter|inbox|alerts)\b.{0,80}",
    r"adverti[sz]ement|advert|ads? by .{0,40}|sponsored(?: content)?|promoted(?: content)?|paid content",
    r"(?:story|article) continues (?:below|after)\b.{0,40}|continue reading\b.{0,80}|scroll (?:down|to)\b.{0,60}",
    r"click here\b.{0,120}|download (?:our|the) .{0,40}\bapps?\b.{0,60}|listen to this article.{0,40}",
    r"watch (?:\w+ )?live(?: (?:here|now))?|play(?: video| audio)?|video|loading\W*",
    r"(?:photo )?gallery|(?:file )?photos?|credits?",
    r"view (?:original|source) (?:content|version)\b.{0,200}|(?:view )?source(?: link)?|contact us|about us",
    r"write to .{3,80} at \S+@\S+|\w[\w ]{2,30} (?:news service|news desk|staff reporter)|staff reporter",
    r"(?:load|show|view) more|\d+[- ]min(?:ute)?s?(?: read)?|(?:reading time|time to read):? .{0,20}",
)
_NOTICES = (
    r"(?:all rights reserved\b|copyright(?: notice)?:? (?:©|\(c\)|\d{4}\b)|\(c\) ?\d{4}\b).{0,160}",
    r"(?:terms|privacy|cookies?)(?: (?:of|and|&) \w+)? (?:policy|use|service|conditions|settings|notice|preferences)"
    r"(?: ?[|·•].{0,80})?",
    r"our standards: .{0,80}",
    r"(?:we|this (?:web ?)?site|our (?:web ?)?site|this page)(?: and our partners)? uses? cookies\b.{0,280}",
    r"by (?:continuing|clicking|using|browsing)\b.{0,200}\bcookies?\b.{0,80}",
    r"(?:accept|reject|manage|allow)(?: all| my)? (?:cookies|preferences|settings)|(?:accept|reject)(?: all)?",
    r"(?:please )?enable javascript\b.{0,80}",
)
_LINKS = (
    r"(?:link|url|web|website|short ?link|permalink)?:? ?<?(?:https?://|www\.)\S+>?",
    r"[\w.+-]+@[\w-]+\.[\w.-]+",
    r"(?:&lt;|<)/?(?:a|p|br|div|span|img|iframe|script|ul|li|blockquote|figure)\b.{0,300}(?:&gt;|>)",
)
_PHRASES = re.compile("|".join((*_TEASER_WORDS, *_EDITING, *_BUTTONS, *_NOTICES, *_LINKS)), re.IGNORECASE)

_PICTURE = r"(?:images?|photos?|photographs?|pictures?|pics?|illustrations?|graphics?)"
_CREDIT = re.compile(
    rf"(?:file |stock |main |lead |cover |pool )?(?:{_PICTURE}(?: (?:credits?|source|courtesy|copyright))?|credits?)"
    r" ?[:©].{0,120}"
    r"|[^.]{3,60}(?: ?[|/] ?| via )(?:Getty Images|Shutterstock(?:\.com)?|iStock(?:photo)?|Alamy|EPA|AP|AFP|Reuters)"
    rf"|(?:file |pool )?{_PICTURE} (?:by|courtesy(?: of)?|credits?) .{{1,80}}|©.{{0,120}}"
    r"|(?:Getty Images|Shutterstock|iStock(?:photo)?|Alamy|EPA|picture[- ]alliance)(?:/.{0,80})?",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    r"\bREUTERS/[A-Z][\w .'’-]{1,60}(?:/(?:Files?(?: Photo)?|Pool|Illustration))?$"
    r"|[(\[](?i:photo|image|picture|credit|photo credit|image credit)(?i::| by) ?[^)\]]{1,80}[)\]]$"
)
_SPOKEN = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"\A(?:\d{1,2}[.)]|[-*•·‣▪–—])\s+")


def without_number(line: str) -> str:
    """Return the line without its list number or bullet."""
    return _NUMBER.sub("", line, count=1)


def is_furniture(line: str) -> bool:
    """Whether a stripped line is, by its own looks, no part of an article."""
    if len(line) > LONGEST:
        return False
    bare = without_number(line)
    return (
        _SPOKEN.search(line) is None
        or DATE_LINE.fullmatch(bare) is not None
        or _PHRASES.fullmatch(bare) is not None
        or SIGNATURES.fullmatch(bare) is not None
        or is_credit(bare)
    )


def is_credit(line: str) -> bool:
    """Whether a stripped line credits a picture, or is a caption that ends with the credit."""
    if len(line) > LONGEST:
        return False
    return _CREDIT.fullmatch(line) is not None or _CREDIT_AT_END.search(line) is not None
