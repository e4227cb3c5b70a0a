"""The public pages: what packs let people do and read who have no account. Every word about the matter is the pack's."""
