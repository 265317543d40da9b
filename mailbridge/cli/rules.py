"""`rules check`: whether the rule files can be used."""

import typer

from mailbridge.cli.output import print_json, print_table, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, load_settings

commands = typer.Typer(name="rules", help="Rule files.", no_args_is_help=True)


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
        ("RULE", "PACK", "MODE", "ACTION", "WHAT IT SAYS"),
        [(rule.id, rule.pack, rule.mode, rule.action.name.lower(), rule.title.get("en", "")) for rule in ruleset.rules],
        nothing="There is no rule.",
    )
    say(f"Fingerprint: {ruleset.fingerprint}")
