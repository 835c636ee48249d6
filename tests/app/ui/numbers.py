"""Numbers that the tests draw in the real window, and what is to be seen of them."""

from tests.app.ui.conftest import Driver

SEVEN = [(0.0, 0.0), (60.0, 0.0), (25.0, 100.0)]


ONE = [(0.0, 0.0), (0.0, 100.0)]


ROOF = [(10.0, 0.0), (55.0, -3.0)]


FIVE = [(10.0, 0.0), (8.0, 45.0), (40.0, 48.0), (48.0, 75.0), (35.0, 97.0), (0.0, 95.0)]


def draw(driver: Driver, line: list[tuple[float, float]], left: float) -> None:
    driver.stroke([(x + left, y + 150) for x, y in line])


def write_751(driver: Driver) -> Driver:
    """Draw the number 751 with the switch on; the roof of the 5 is added at the end."""
    driver.window.tools.set_pen_width(6.0)
    driver.key("<Control-d>")
    for line, left in ((SEVEN, 40), (FIVE, 150), (ONE, 260), (ROOF, 150)):
        draw(driver, line, left)
    driver.settle()
    return driver


def items(driver: Driver, kind: str) -> list[int]:
    """The frames ("polygon") or what stands over them ("text"), from the left."""
    canvas = driver.canvas
    found = [i for i in canvas.find_withtag("number") if str(canvas.type(i)) == kind]
    return sorted(found, key=lambda item: canvas.coords(item)[0])


def frame(driver: Driver, index: int) -> tuple[float, float, float, float]:
    """The left, top, right and bottom of a frame, counted from the left."""
    points = driver.canvas.coords(items(driver, "polygon")[index])
    across, down = points[::2], points[1::2]
    return min(across), min(down), max(across), max(down)


def option(driver: Driver, item: int, name: str) -> str:
    return str(driver.root.tk.call(str(driver.canvas), "itemcget", item, f"-{name}"))


def texts(driver: Driver) -> list[str]:
    return [option(driver, item, "text") for item in items(driver, "text")]


def chosen(driver: Driver) -> str | None:
    mark = driver.window.selection.selected
    return None if mark is None else mark.text
