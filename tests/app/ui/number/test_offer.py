"""Several digits in digit mode are offered as a number."""

from app.ui.number.offer_button import NumberOfferButton
from tests.app.ui.conftest import Driver
from tests.app.ui.numbers import ONE, SEVEN, draw


def write_71(driver: Driver) -> None:
    driver.window.tools.set_pen_width(6.0)
    draw(driver, SEVEN, 100)
    draw(driver, ONE, 230)
    driver.settle()


def test_two_digits_are_offered_as_a_number_and_one_is_not(driver: Driver) -> None:
    offer = driver.window.features.number_offer
    button = next(
        child
        for child in driver.window.panel.winfo_children()
        if isinstance(child, NumberOfferButton)
    )
    write_71(driver)
    driver.until(lambda: offer.text == "71")
    assert button.winfo_manager() and "These look like 71" in str(button.cget("text"))
    content = driver.window.document.content
    button.invoke()
    driver.settle()
    assert driver.window.selection.number is not None
    assert driver.window.selection.number.text == "71"
    assert driver.window.document.content == content and not button.winfo_manager()
    driver.key("<Control-d>")  # back to one digit: it is offered again
    driver.until(lambda: offer.text == "71")
    driver.key("<Control-z>")
    assert offer.text == ""
    driver.settle()
    driver.until(lambda: offer._timer is None and not driver.window.recognition.is_busy)
    assert offer.text == "", "a seven alone"


def test_what_was_taught_as_no_digit_is_not_offered(driver: Driver) -> None:
    offer = driver.window.features.number_offer
    write_71(driver)
    driver.until(lambda: offer.text == "71")
    driver.key("<Key-n>")
    driver.settle()
    driver.until(lambda: offer._timer is None and not driver.window.recognition.is_busy)
    assert offer.text == ""
