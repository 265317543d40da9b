"""Rule files: YAML packs with conditions in CEL, read into a RuleSet, or refused whole with every problem named."""
