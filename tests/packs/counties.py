"""Scenes of a county's own campaign below the city's."""

from tests.packs.stage import Walk

DUE = {"setup_due": "2022-08-15", "list_due": "2022-08-19", "rectify_due": "2022-08-31"}
STARTER = {"login": "lijiaming", "name": "……", "unit": "HC", "unit_name": "海城市", "role": "county_office"}
FOUND = [{"description": "……", "measures": "……", "responsible": "甲", "due_date": "2022-08-31"}]


def campaign() -> Walk:
    """Sent back once, issued, run by two departments, summed up on its day."""
    walk = Walk(
        "county_campaign", "2022-08-10", starter=STARTER, campaign_name="海城市集中整治行动", departments=["HCSC", "HCNY"], **DUE
    )
    walk.do("number_campaign", number="QX-HC-2022-01")
    walk.do("issue_county", decision="退回", doc_no=None, note="……")
    walk.do("revise_county", departments=["HCSC", "HCNY"], plan_files=[], **DUE)
    walk.do("issue_county", decision="同意印发", doc_no="海政办发〔2022〕9号", note=None)
    walk.do("announce_county")
    walk.do("run_departments")
    walk.until("2022-09-01")
    walk.do("read_status", rows=[{"problem_count": 2, "fixed_count": 1, "state": "整改中", "department_name": "市农业农村局"}])
    walk.do("sum_up", summary="……", summary_files=[])
    walk.do("tell_city")
    walk.do("run_departments")
    return walk


def department() -> Walk:
    """Sent back by its head, by the county's office, and once more when the report was not true."""
    facts = {"county": "HC", "county_name": "海城市", "campaign_no": "QX-HC-2022-01", "campaign_name": "……"}
    walk = Walk("county_department", "2022-08-10", unit="HCSC", unit_name="海城市市场监督管理局", **facts, **DUE)
    walk.do("sign_up", team_leader="甲", liaison="乙", setup_files=["f"])
    for signed, accepted in (("退回", None), ("同意报送", "退回"), ("同意报送", "接收")):
        walk.do("self_check", found=FOUND, zero_note=None)
        walk.do("sign_list", decision=signed, note="……")
        if accepted:
            walk.do("check_list", decision=accepted, note="……")
    for verified in ("不属实", "属实"):
        walk.do("rectify_found", fixed_count=1, report="……", report_files=[])
        walk.do("verify_report", decision=verified, note="……")
    walk.do("read_all", rows=[{"key": "QX-HC-2022-01-HCNY", "problem_count": 2, "fixed_count": None, "state": "整改中"}])
    walk.do("count_up", written=[])
    return walk


SCENES = (campaign, department)
