"""What people do again and again on the pages: open a piece of work, choose, hand in, look."""

from playwright.sync_api import Page


def open_work(page: Page, title: str, tab: str = "todo") -> Page:
    """Open the piece of work whose line shows *title*, as soon as it is there."""
    line = page.locator(f"table.list tbody tr:has-text('{title}')").first
    for _ in range(20):
        page.goto(f"/inbox/{tab}")
        if line.count():
            break
        page.wait_for_timeout(250)
    line.locator("td.title a").click()
    return page


def sign_for(page: Page, title: str) -> Page:
    """Open a piece of work that must be signed for, and sign."""
    open_work(page, title, "to_sign").click(".actions button:has-text('签收')")
    return page


def choose(page: Page, name: str, value: str) -> None:
    """Tick one answer of a question, and let the page ask what follows from it."""
    answer = page.locator(f"[name='{name}'][value='{value}']")
    if not answer.is_checked():
        with page.expect_response("**/draft"):
            answer.check()


def hand_in(page: Page) -> str:
    """Hand the work in, and give what the page says."""
    page.click("button:has-text('提交 →')")
    page.wait_for_url("**/inbox/**")
    return page.locator(".notice").first.inner_text()


def attach(page: Page, name: str, file: str, content: bytes) -> None:
    """Drop a file into a field."""
    kind = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}[file.rpartition(".")[2]]
    page.set_input_files(f"input[type=file][name='{name}']", {"name": file, "mimeType": kind, "buffer": content})
    page.wait_for_selector(f"tr[data-line]:has-text('{file}')")


def shows(page: Page, address: str, text: str) -> bool:
    """Tell whether a page comes to show *text*; what a step sets off may take a moment."""
    for _ in range(20):
        page.goto(address)
        if text in page.inner_text("main"):
            return True
        page.wait_for_timeout(250)
    return False


HEADING = "问题类别\t问题子项\t问题描述\t整改措施\t责任领导\t责任部门\t责任人\t整改时限"
PASTE = """text => { const data = new DataTransfer(); data.setData("text/plain", text);
document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })) }"""


def begin_row(page: Page) -> None:
    """Begin a new row in a list that is filled in where it stands."""
    page.click("[data-grid-more]")
    page.wait_for_selector(".cell-editor select")


def said(page: Page, words: str) -> None:
    """Wait until the list says something of what was done in it."""
    page.wait_for_selector(f"[data-grid-say]:has-text('{words}')")
