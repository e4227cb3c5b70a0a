// Says the editor's texts in the reader's language. What has no words yet is collected, for a test to find.
import zhCN from "./zh_CN.js";

export const unknown = new Set();

const KINDS = { message: "消息", timer: "定时", signal: "信号", error: "错误", escalation: "升级", conditional: "条件", compensation: "补偿", cancel: "取消", terminate: "终止", link: "链接" };
const PLACES = { start: "开始事件", end: "结束事件", boundary: "边界事件", intermediate: "中间事件", "intermediate catch": "中间事件（等待）", "intermediate throw": "中间事件（发出）" };
const EVENT = /^(append |create )?(?:(message|timer|signal|error|escalation|conditional|compensation|cancel|terminate|link) )?(start|end|boundary|intermediate catch|intermediate throw|intermediate) event( \(non[- ]interrupting\))?$/i;

const lower = Object.fromEntries(Object.entries(zhCN).map(([text, said]) => [text.toLowerCase(), said]));

function chinese(template) {
  const event = EVENT.exec(template);
  if (event) {
    const [, verb, kind = "", place, beside] = event;
    return (verb ? (/append/i.test(verb) ? "接上" : "画") : "") + (KINDS[kind.toLowerCase()] ?? "") + PLACES[place.toLowerCase()] + (beside ? "（不中断）" : "");
  }
  const said = zhCN[template] ?? lower[template.toLowerCase()];
  if (said === undefined && /[A-Za-z]{2}/.test(template)) unknown.add(template);
  return said ?? template;
}

export function translating(language, own = {}) {
  const say = language === "zh_CN" ? chinese : (template) => template;
  const said = (template) => own[template] ?? (template.startsWith("help ") ? "" : say(template));
  const translate = (template, facts = {}) => said(template).replace(/{([^}]+)}/g, (_, name) => (name in facts ? say(String(facts[name])) : `{${name}}`));
  return { translate: ["value", translate] };
}
