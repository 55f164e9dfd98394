"""fixtures/demo, which `./dev run` lints, has every kind of mistake that asynclint began with."""

import json
import unittest

from _run import PROJECT, run

DEMO = PROJECT / "fixtures" / "demo"

CODES = """
    AIO001 AIO002 AIO003 AIO101 AIO201 AIO404
    ANN001 ANN002 ANN003 ANN201 ANN202 ANN203 ANN204 ANN205 ANN206
    ASYNC210 ASYNC220 ASYNC221 ASYNC222 ASYNC250 ASYNC251
    D100 D101 D102 D103 D104 D105 D106 D107
    E901 E902 E903 E904 E905 E906
    REQ001 REQ002 REQ003 REQ004 REQ005 REQ006 REQ007 REQ008 REQ009 REQ010
    VER001
"""


class Demo(unittest.TestCase):
    """What a run over the demo says."""

    def test_every_rule_is_found(self):
        done = run("check", "--output-format", "json", DEMO, status=1)
        found = {finding["code"] for finding in json.loads(done.stdout)}
        self.assertEqual(set(CODES.split()) - found, set())

    def test_what_cannot_be_read_has_no_other_mistakes(self):
        done = run("check", "--output-format", "json", DEMO, status=1)
        found = [finding["code"] for finding in json.loads(done.stdout)
                 if finding["filename"].endswith("/11-gone.py")]
        self.assertEqual(found, ["E902"])

    def test_hand_out_files_stand_apart(self):
        text = run("check", "fixtures/demo", cwd=PROJECT, status=1).stdout.decode()
        findings, hand_out = text.split("\nhand-out files, which do not fail the run:\n")
        self.assertTrue(all("0-main.py:" in line for line in hand_out.splitlines()))
        self.assertNotIn("0-main.py:", findings)
        self.assertTrue(all(line.lstrip().startswith("fixtures/demo/0x")
                            for line in findings.splitlines()))

    def test_the_score_sees_it_too(self):
        done = run("score", "--output-format", "json", DEMO, status=1)
        functions, unfinished = json.loads(done.stdout)
        missed = {each["name"] for each in functions["requirements"] if each["met"] is False}
        self.assertEqual(missed, {
            "annotations", "async", "editors", "executable", "first-line", "function-documentation",
            "module-documentation", "new-line", "python-3.7", "real-sentence",
            "style"})
        readme, = (each["met"] for each in unfinished["requirements"] if each["name"] == "readme")
        self.assertIs(readme, False)


if __name__ == "__main__":
    unittest.main()
