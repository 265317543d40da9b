"""`rules check|test|explain|new|stats|reference|schema`: what an admin does with rule files."""

import enum
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import ExitCode, complain, print_json, print_table, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, load_settings, now, opened_store
from mailbridge.errors import NotFound, Problem

if TYPE_CHECKING:
    from mailbridge.rulefiles.trying import Tried

commands = typer.Typer(name="rules", help="Rule files.", no_args_is_help=True)

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,40}")


class DirectionChoice(enum.Enum):
    """Which way a mail goes."""

    TO_BUYER = "to_buyer"
    TO_SELLER = "to_seller"


class OrderChoice(enum.Enum):
    """The order that a conversation is about."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    NONE = "none"


class SchemaChoice(enum.Enum):
    """Which sort of file a schema describes."""

    RULES = "rules"
    SAMPLES = "samples"


@commands.command()
def check(config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """Read all rule files and try their samples as `serve` would, and list the rules; every problem is named."""
    from mailbridge import app
    from mailbridge.rulefiles.trying import load_tried_rules

    ruleset = load_tried_rules(app.rule_folders(load_settings(config)))
    if json:
        print_json({"fingerprint": ruleset.fingerprint, "rules": [rule.id for rule in ruleset.rules]})
        return
    print_table(
        ("RULE", "PACK", "MODE", "ACTION", "FROM", "UNTIL", "WHAT IT SAYS"),
        [
            (r.id, r.pack, r.mode, r.action.name.lower(), r.valid_from, r.valid_until, r.title.get("en", ""))
            for r in ruleset.rules
        ],
        nothing="There is no rule.",
    )
    say(f"Fingerprint: {ruleset.fingerprint}")


@commands.command("test")
def try_samples(
    name: Annotated[
        str | None, typer.Argument(metavar="[PACK|RULE]", help="Only the samples of this pack or rule.")
    ] = None,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Try the samples of the rules: mails that must pass, and mails that must be caught."""
    tried, problems, rules = _try_all(config, name)
    if json:
        print_json({"samples": [_as_plain(each) for each in tried], "problems": problems})
    else:
        rows = [(rule, *(_count(tried, rule, kind) for kind in (False, True)), _wrong(tried, rule)) for rule in rules]
        print_table(("RULE", "PASS", "FAIL", "WRONG"), rows, nothing="There is no rule.")
        wrong = [each for each in tried if each.complaint]
        say(f"{len(tried)} samples, {len(wrong)} wrong.")
        untried = [rule for rule in rules if not rule.startswith("(") and not _count(tried, rule, True)]
        if untried:
            say(f"Without a mail that must be caught, so nothing shows that they work: {', '.join(untried)}.")
        complain((*problems, *(each.sample.problem(each.complaint) for each in wrong)))
    if problems or any(each.complaint for each in tried):
        raise typer.Exit(ExitCode.PROBLEM)


def _try_all(config: Path, name: str | None) -> "tuple[list[Tried], list[Problem], list[str]]":
    """The samples that are asked for, what is wrong with their files, and the rules in the order of the table."""
    from mailbridge import app
    from mailbridge.rulefiles.read import read_packs
    from mailbridge.rulefiles.trying import try_pack

    ruleset, packs = read_packs(app.rule_folders(load_settings(config)))
    is_pack = name is None or name in ruleset.by_pack
    if not is_pack and name not in {rule.id for rule in ruleset.rules}:
        raise NotFound(f"{name} is neither a pack nor a rule; `mailbridge rules check` lists them")
    tried: list[Tried] = []
    problems: list[Problem] = []
    for pack in packs:
        if is_pack and name not in (None, pack.name):
            continue
        for found in try_pack(pack):
            if isinstance(found, Problem):
                problems.append(found)
            elif is_pack or _rule_of(found) == name:
                tried.append(found)
    rules = [str(r.id) for p in packs for r in p.rules if name in (None, p.name, r.id)]
    return tried, problems, [*rules, *(["(every rule of a pack)"] if any(not t.sample.rule for t in tried) else [])]


def _rule_of(tried: "Tried") -> str:
    return str(tried.sample.rule.id) if tried.sample.rule is not None else "(every rule of a pack)"


def _count(tried: "list[Tried]", rule: str, must_be_caught: bool) -> int:
    return sum(1 for each in tried if _rule_of(each) == rule and each.sample.must_be_caught is must_be_caught)


def _wrong(tried: "list[Tried]", rule: str) -> int:
    return sum(1 for each in tried if _rule_of(each) == rule and each.complaint)


def _as_plain(tried: "Tried") -> dict[str, object]:
    sample = tried.sample
    return {
        "file": sample.file,
        "line": sample.line,
        "key": sample.key,
        "rule": sample.rule.id if sample.rule is not None else None,
        "must_be_caught": sample.must_be_caught,
        "caught_by": tried.caught_by,
        "words": tried.words,
        "complaint": tried.complaint,
    }


@commands.command()
def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A mail (.eml).")],
    direction: Annotated[DirectionChoice, typer.Option(help="Which way it goes.")] = DirectionChoice.TO_BUYER,
    market: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A marketplace on record, or a rule pack; not needed for the only one."),
    ] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Day of receipt; without it today.")
    ] = None,
    order: Annotated[OrderChoice, typer.Option(help="The order that it is about.")] = OrderChoice.OPEN,
    same_text_to: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, max=500, help="How many other buyers got the same text.")
    ] = 0,
    all_: Annotated[bool, typer.Option("--all", help="Also rules that are not in force.")] = False,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Say which rules look at a mail, what each finds, and what would follow. Whose mail it is does not matter."""
    from mailbridge.cli.ruleexplaining import Question

    Question(
        file=file,
        to_buyer=direction is DirectionChoice.TO_BUYER,
        market=market,
        on=on,
        order=order.value,
        same_text_to=same_text_to,
        shows_all=all_,
        json=json,
    ).answer(config)


@commands.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as no-discount-codes.")],
    pack: Annotated[str, typer.Option(help="The pack it belongs to.")] = "general",
    folder: Annotated[
        Path | None, typer.Option(help="Rule folder; without it the first of [rules] in the settings.")
    ] = None,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Write a new rule with samples, to be filled in. It only runs dry, until its texts are written."""
    from mailbridge.rulefiles.scaffold import write_scaffold

    for what, text in (("the name", name), ("--pack", pack)):
        if not _NAME.fullmatch(text):
            raise typer.BadParameter(f'{what} "{text}" must be a-z, 0-9, dot and hyphen, 2 to 41 characters')
    folders = load_settings(config).rules.folders
    if folder is None and not folders:
        raise typer.BadParameter(
            f'there is no folder for rules of your own: name one in {config}, as [rules] folders = ["rules"], or give '
            "--folder"
        )
    target = folder or folders[0]
    made = write_scaffold(target, pack, name)
    say(f"{made.rules_file}: the rule {made.rule}; it only runs dry")
    say(f"{made.samples_file}: its samples")
    if target.resolve() not in {known.resolve() for known in folders}:
        say(f'Not in force yet: put the folder into {config}: [rules] folders = ["{target}"]')
    say(f"Next: fill in both, then `mailbridge rules test {made.rule}`")
    say(f'It is in force where a marketplace names the pack: "rule_packs": [..., "{pack}"] in an import')


@commands.command()
def stats(
    days: Annotated[int, typer.Option(min=1, max=36_500, help="How far back.")] = 30,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Say how often each rule applied, by the verdicts on record; rules that never did, too."""
    from mailbridge import app
    from mailbridge.rulefiles.read import load_rules

    rules = load_rules(app.rule_folders(load_settings(config))).rules
    until = now()
    since = until - timedelta(days=days)
    with opened_store(config) as store:
        counts = store.rule_counts(since, until)
    never = [rule for rule in rules if rule.id not in {count.rule for count in counts.rules}]
    if json:
        print_json({"since": since, "judged": counts.judged, "rules": counts.rules, "never": [r.id for r in never]})
        return
    say(f"{counts.judged} messages were judged since {since:%Y-%m-%d}.")
    rows = [(count.rule, count.action, count.mode, count.times, count.last_at) for count in counts.rules]
    rows += [(rule.id, rule.action.name.lower(), rule.mode.value, 0, None) for rule in never]  # type: ignore[misc] # the last column may be empty
    print_table(("RULE", "ACTION", "MODE", "TIMES", "LAST (UTC)"), rows, nothing="There is no rule.")


@commands.command()
def reference() -> None:
    """Print docs/rules.md: every key, check, fact, action and mode, and how samples are written."""
    from mailbridge.rulefiles import reference as page

    print(page.reference(), end="")


@commands.command()
def schema(
    kind: Annotated[SchemaChoice, typer.Argument(metavar="[rules|samples]", help="Files of which sort.")] = (
        SchemaChoice.RULES
    ),
) -> None:
    """Print the JSON Schema by which an editor completes and checks rule files while one types."""
    from mailbridge.rulefiles import schema as made

    print(made.rules_schema() if kind is SchemaChoice.RULES else made.samples_schema(), end="")
