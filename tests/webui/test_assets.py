"""Built files while a server runs."""

import json
import os

from webui.assets import Manifest


def test_a_running_server_names_the_files_of_a_new_build(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"app.css": "app-OLD.css"}))
    manifest = Manifest(path)
    before = manifest["app.css"]

    path.write_text(json.dumps({"app.css": "app-NEW.css"}))
    os.utime(path, (1, 1))

    assert (before, manifest["app.css"]) == ("app-OLD.css", "app-NEW.css")


def test_an_unchanged_manifest_is_not_read_again(tmp_path, monkeypatch):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"app.css": "app-1.css"}))
    manifest = Manifest(path)
    first = manifest["app.css"]

    monkeypatch.setattr(json, "loads", None)

    assert manifest["app.css"] == first
