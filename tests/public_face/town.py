"""A town to which everybody may report damage: a small pack with public pages, quite another matter than a campaign's."""

import json

from tests.engine.models import flow, process, user_task

TOML = """
[pack]
key = "town"
name = "街道维修"
version = "1"
issuer = "建设科"
main_process = "report"
timezone = "Asia/Shanghai"
demo = true
notice = "非涉密系统，严禁处理涉密信息"

[[roles]]
code = "clerk"
name = "受理员"
scope = "all"
rights = ["watch_instances", "administer_identity"]

[identity]
units = "reference/units.csv"
people = "reference/people.csv"
posts = "reference/posts.csv"
demo_password = "Town@2022demo"

[[sla]]
code = "REPAIR"
name = "修复"
unit = "natural_days"
amount = 7
roll = true
source = "law"

[[numbering]]
series = "report"
pattern = "BX-{day}-{n:04}"
per = ["day"]

[portal]
title = "街道设施报修"
unit = "JSK"
starter = "市民（网上报修）"
host = "示例街道办事处"
operator = "建设科"
phone = "0412-5550001"
statement = "forms/messages/privacy.txt"

[[portal.starts]]
code = "report"
process = "report"
name = "我要报修"
note = "路灯不亮、路面破损，三分钟填好。"
record = "report"
scope = "forms/messages/scope.txt"
privacy = "forms/messages/privacy.txt"
hint = "您的电话只用来告诉您结果。"
phone = "phone"
moment = "received_at"
channel = "channel"
external = "external_no"
fixed = { channel = "网站" }
per_address = 1000

[[portal.records]]
code = "report"
name = "查进度"
ledger = "reports"
number = "report_no"
secret = "query_code"
phone = "phone"
columns = ["damage", "place: 地点", "result"]
clocks = ["REPAIR"]
unit = "lead_unit"
phones = { table = "phones", unit = "unit", phone = "phone" }
[[portal.records.steps]]
name = "已收到"
states = ["已收到"]
[[portal.records.steps]]
name = "维修中"
states = ["维修中"]
[[portal.records.steps]]
name = "已修好"
states = ["已修好"]
[[portal.records.steps]]
name = "已撤回"
states = ["已撤回"]
aside = true
[[portal.records.papers]]
document = "repair_note"
name = "维修回执"
[[portal.records.actions]]
code = "supplement"
name = "补充材料"
form = "supplement"
message = "report_supplemented"
done = "补充的材料已经收到。"
[[portal.records.actions]]
code = "withdraw"
name = "撤回"
form = "withdraw"
message = "report_withdrawn"
[[portal.records.actions]]
code = "rate"
name = "评价"
form = "rate"
message = "report_rated"

[[portal.lists]]
code = "phones"
name = "报修电话"
table = "phones"
columns = ["name: 单位", "phone: 电话"]

[[portal.lists]]
code = "done"
name = "修好的"
ledger = "reports"
filter = { state = "已修好" }
columns = ["damage", "place"]

[[portal.lookups]]
code = "number"
name = "查一处"
ledger = "reports"
columns = ["damage"]
label = "编号"
missing = "没有这个编号。"
per_address = 3
"""
CSV = {
    "reference/units.csv": (
        "code,name,short_name,type,level,parent,line_parent,is_vertical,domains\n"
        "JD,示例街道办事处,街道,机关,,,,否,\nJSK,建设科,建设科,内设机构,,JD,,否,\n"
    ),
    "reference/people.csv": "login,name,phone,title\nann,安宁,13800000001,科长\n",
    "reference/posts.csv": "login,unit,role,from,to\nann,JSK,clerk,,\n",
    "reference/phones.csv": "unit,name,phone,secret\nJSK,建设科,0412-5550001,不公开\n",
}
TEXTS = {
    "forms/messages/scope.txt": "这里受理路灯和路面的报修。\n\n不归我们管的，会告诉您找谁。",
    "forms/messages/privacy.txt": "我们只为办理报修使用您的电话。",
}


def form(form_id, *components):
    return json.dumps({"type": "default", "id": form_id, "schemaVersion": 19, "components": components}, ensure_ascii=False)


def group(label, *components):
    return {"type": "group", "label": label, "components": components}


def text(key, label, required=False, kind="textfield", **more):
    return {"type": kind, "key": key, "label": label, "validate": {"required": required}} | more


def choice(key, label, *options, required=True):
    values = [{"value": value, "label": words, "note": note} for value, words, note in options]
    return {"type": "radio", "key": key, "label": label, "values": values, "validate": {"required": required}}


REPORT = form(
    "report",
    group("坏了什么？", choice("damage", "坏了什么", ("lamp", "路灯不亮", "例：三天没亮"), ("road", "路面破损", ""))),
    group("在哪里？", text("place", "地点", True), text("facts", "说一说", kind="textarea"),
          {"type": "filepicker", "key": "photos", "label": "照片", "multiple": True, "properties": {"bpm:accept": "jpg,png"}}),
    group("怎么告诉您？", text("phone", "手机号", properties={"bpm:validator": "mobile"})),
)  # fmt: skip
ROW = form("report_row", text("damage", "坏了什么"), text("place", "所在地点"), text("facts", "说明"), text("phone", "电话"),
           text("query_code", "查询码"), text("channel", "渠道"), text("result", "结果"), text("lead_unit", "承办"),
           text("external_no", "外部编号"))  # fmt: skip
LEDGER = """
[ledger]
id = "reports"
name = "报修台账"
form = "report_row"
key = "report_no"
unit = "unit"
[[columns]]
id = "report_no"
[[views]]
id = "all"
name = "全部"
columns = ["report_no", "damage", "place"]
"""


def message(message_id, name):
    key = '<extensionElements><zeebe:subscription correlationKey="=report_no"/></extensionElements>'
    return f'<message id="{message_id}" name="{name}">{key}</message>'


def when(name, message_id, inside, stops="false"):
    """Write an event sub-process that a message begins."""
    start = (
        f'<startEvent id="{name}_came" isInterrupting="{stops}"><messageEventDefinition messageRef="{message_id}"/></startEvent>'
    )
    return f'<subProcess id="{name}" triggeredByEvent="true">{start}{inside}</subProcess>'


def state(words):
    return f'<zeebe:properties><zeebe:property name="bpm:state" value="{words}"/></zeebe:properties>'


done = f"<extensionElements>{state('已修好')}</extensionElements>"
note = '<scriptTask id="more_noted"><extensionElements><zeebe:script expression="=more" resultVariable="facts"/>'
note += "</extensionElements></scriptTask>"
BODY = (
    '<startEvent id="start"><extensionElements><zeebe:formDefinition formId="report"/></extensionElements></startEvent>'
    + user_task("look", "clerk@JSK", state="已收到")
    + user_task("repair", "clerk@JSK", state="维修中")
    + f'<receiveTask id="rated" messageRef="m_rated">{done}</receiveTask>'
    + '<endEvent id="end"/>'
    + flow("start", "look", "repair", "rated", "end")
    + when("more", "m_more", note + '<endEvent id="more_done"/>' + flow("more_came", "more_noted", "more_done"))
    + when("gone", "m_gone", f'<endEvent id="gone_done"><extensionElements>{state("已撤回")}</extensionElements></endEvent>'
           + flow("gone_came", "gone_done"), "true")
)  # fmt: skip
MESSAGES = message("m_rated", "report_rated") + message("m_more", "report_supplemented") + message("m_gone", "report_withdrawn")
PROCESS = process(
    BODY, "report", MESSAGES, startableBy="public,clerk", numbering="report", numberAs="report_no", businessKey="=report_no",
    title='="报修 " + report_no', unit='="JSK"', sla="REPAIR", ledgerRow="reports", ledgerKey="=report_no",
)  # fmt: skip
FORMS = {
    "forms/report.form": REPORT,
    "forms/report_row.form": ROW,
    "forms/supplement.form": form("supplement", text("more", "还有什么", True)),
    "forms/withdraw.form": form("withdraw", text("withdraw_reason", "为什么", True)),
    "forms/rate.form": form("rate", choice("result", "修得怎么样", ("good", "好", ""), ("bad", "不好", ""))),
    "forms/ledgers/reports.toml": LEDGER,
}
FILES = {"pack.toml": TOML.encode(), "report.bpmn": PROCESS} | {
    name: text.encode() for name, text in (FORMS | CSV | TEXTS).items()
}
