package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page of a training on MNIST, in a real browser. */
@EnabledIf("aBrowserIsThere")
class ReportPageIT {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 1000;
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @TempDir
    static Path temporary;

    private static Path page;

    private Browser browser;

    /** Without a browser these tests are left out, and the build says so. */
    @SuppressWarnings("unused")
    static boolean aBrowserIsThere() {
        boolean there = Browser.isThere();
        if (!there) {
            LeftOut.add("the report's page in a browser (no chromium or no chromedriver)");
        }
        return there;
    }

    @BeforeAll
    static void train() throws Exception {
        Path output = temporary.resolve("output");
        ScriptRun run = ScriptRun.of(
                temporary,
                Map.of(),
                "train.sh",
                "--output",
                output.toString(),
                "--epochs",
                "20",
                "--loss",
                "logistic,mse",
                "--learning-rate",
                "0.1,1,1e305");
        assertEquals(0, run.exitCode(), run::errors);
        page = output.resolve("report.html");
        assertTrue(Files.size(page) <= 4_000_000, Files.size(page) + " bytes");
    }

    @BeforeEach
    void open() {
        browser = Browser.open(page, WIDTH, HEIGHT);
    }

    @AfterEach
    void nothingWasLoggedOrAskedFor() {
        List<String> complaints = browser.complaints();
        browser.close();
        assertEquals(List.of(), complaints);
    }

    @Test
    void answersTheExercisesQuestionsFromTheRunsOwnNumbers() {
        String best = browser.text("#result");
        assertTrue(best.startsWith("logistic-1 gets 1"), best);
        assertTrue(browser.text("#sweep-table").contains("diverged"), "a run that diverged");
        assertTrue(browser.text("#histogram-text").contains("67 features of 784 are zero in every training example"));
        assertTrue(browser.text("#rates-text").contains("0.205"), "the guaranteed rate");
        assertEquals(7, browser.all("#answers-list li").size());
        assertTrue(browser.text("#answers-list").contains("670 never move"), browser.text("#answers-list"));
        assertEquals(1 + 6, browser.all("#reached-table tr").size());
        browser.find("#curve-chart-logistic + details summary").click();
        browser.await("return document.querySelector('#curve-chart-logistic + details table') !== null");
        assertTrue(browser.text("#curve-chart-logistic + details table").contains("logistic-0.1, test"));
        browser.unfold("#facts", "#facts-list");
        assertTrue(browser.text("#facts-list").contains("learning"), browser.text("#facts-list"));
        browser.screenshot(SCREENSHOTS.resolve("facts.png"));
    }

    @Test
    void belowTheAnswersSixSectionsAreOpenAndTheOthersAreBuiltWhenTheyOpen() {
        assertEquals(6, browser.all("main > section:not(#answers):not(#more)").size());
        assertEquals(0, browser.all(".folded[open]").size());
        assertEquals(0, browser.all(".folded canvas").size());
        browser.find("#mathematics > summary").sendKeys(Keys.ENTER);
        browser.await("return document.querySelectorAll('#mathematics canvas').length === 5");
        browser.run("location.hash = '#step-chart'");
        browser.await("return document.querySelectorAll('#step canvas').length === 2");
        browser.run("dispatchEvent(new Event('beforeprint'))");
        assertEquals(0, browser.all(".folded:not([open]):not([hidden])").size());
        assertEquals(1, browser.all("#curvature canvas").size());
        browser.run("dispatchEvent(new Event('afterprint'))");
        assertEquals(2, browser.all(".folded[open]").size());
    }

    @Test
    @Tag("thorough")
    void theDefaultPageIsShort() throws Exception {
        Path output = temporary.resolve("default");
        ScriptRun run = ScriptRun.of(temporary, Map.of(), "train.sh", "--output", output.toString());
        assertEquals(0, run.exitCode(), run::errors);
        try (Browser plain = Browser.open(output.resolve("report.html"), WIDTH, HEIGHT)) {
            assertEquals(List.of(), plain.complaints());
            assertAtMost(1300, plain.run(WORDS));
            assertAtMost(35, plain.run(CONTROLS));
        }
        try (Browser phone = Browser.open(output.resolve("report.html"), 400, 800)) {
            assertAtMost(12_000, phone.run("return document.documentElement.scrollHeight"));
        }
    }

    private static void assertAtMost(long most, Object number) {
        assertTrue(((Number) number).longValue() <= most, number + " is more than " + most);
    }

    @Test
    void theNumbersOfItsSentencesAreThoseOfTheFiles() throws IOException {
        PageNumbers numbers = new PageNumbers(page.getParent());
        numbers.sentences().forEach((place, sentences) -> {
            String text = plain(browser.text(place));
            sentences.forEach(sentence -> assertTrue(text.contains(sentence), sentence + " in " + text));
        });
        List<String> rows = browser.all("#reached-table tbody tr").stream()
                .map(row -> plain(row.getText()))
                .toList();
        assertEquals(numbers.reached(), rows);
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }

    @Test
    @Tag("thorough")
    void runsAreSwitchedOffAndOn() {
        String before = browser.picture("#curve-chart-logistic canvas");
        WebElement toggle = browser.find(".run-toggle[data-run='logistic-0.1']");
        toggle.click();
        String without = browser.picture("#curve-chart-logistic canvas");
        assertNotEquals(before, without);
        toggle.click();
        assertEquals(before, browser.picture("#curve-chart-logistic canvas"));
        browser.set("#curve-quantity", "cost");
        String cost = browser.picture("#curve-chart-logistic canvas");
        assertNotEquals(before, cost);
        browser.set("#curve-quantity", "gradient norm");
        assertNotEquals(cost, browser.picture("#curve-chart-logistic canvas"));
        assertEquals(true, browser.run("return document.querySelector('#curve-set').disabled"));
        browser.screenshot(SCREENSHOTS.resolve("gradient-norm.png"));
        browser.set("#curve-quantity", "cost");
        browser.set("#curve-x", "seconds");
        assertNotEquals(cost, browser.picture("#curve-chart-logistic canvas"));
        browser.screenshot(SCREENSHOTS.resolve("curves.png"));
        String seconds = browser.picture("#curve-chart-logistic canvas");
        browser.set("#curve-x", "distance");
        assertNotEquals(seconds, browser.picture("#curve-chart-logistic canvas"));
        browser.screenshot(SCREENSHOTS.resolve("distance.png"));
    }

    @Test
    @Tag("thorough")
    void pointingAtACurveShowsItsValues() {
        WebElement chart = browser.find("#curve-chart-logistic .u-over");
        new Actions(browser.driver()).moveToElement(chart, 30, 10).perform();
        browser.await("return document.querySelector('#curve-position').textContent.includes(' after epoch ')");
    }

    @Test
    @Tag("thorough")
    void aChartStaysZoomedWhenRunsAreSwitched() {
        String whole = browser.picture("#curve-chart-logistic canvas");
        new Actions(browser.driver())
                .moveToElement(browser.find("#curve-chart-logistic .u-over"), -100, 0)
                .clickAndHold()
                .moveByOffset(150, 0)
                .release()
                .perform();
        switchOffAndOn("logistic-0.1");
        assertNotEquals(whole, browser.picture("#curve-chart-logistic canvas"));
        new Actions(browser.driver())
                .doubleClick(browser.find("#curve-chart-logistic .u-over"))
                .perform();
        switchOffAndOn("logistic-0.1");
        assertEquals(whole, browser.picture("#curve-chart-logistic canvas"));
    }

    /** Afterwards no line is highlighted by the pointer. */
    private void switchOffAndOn(String run) {
        WebElement toggle = browser.find(".run-toggle[data-run='" + run + "']");
        toggle.click();
        toggle.click();
    }

    @Test
    @Tag("thorough")
    void scrollingMarksTheSectionAndLeavesThePageWhereItIs() {
        for (String section : List.of("#sweep", "#confusion", "#more", "#curves")) {
            browser.run("document.querySelector(arguments[0]).scrollIntoView()", section);
            Object place = browser.run("return scrollY");
            browser.await("return document.querySelector('nav [aria-current]')?.hash === '" + section + "'");
            assertEquals(place, browser.run("return scrollY"), section);
        }
    }

    @Test
    @Tag("thorough")
    void theTableIsSortedByAnyColumn() {
        String first = browser.text("#sweep-table tbody tr");
        for (WebElement button : browser.all("#sweep-table th button")) {
            if (button.getText().contains("test cost") || button.getText().contains("test\ncost")) {
                button.click();
            }
        }
        assertNotEquals(first, browser.text("#sweep-table tbody tr"));
    }

    @Test
    @Tag("thorough")
    void aVerdictSaysItsReasonWhereItIsTapped() {
        WebElement verdict = browser.find("#sweep-table tbody td button");
        verdict.click();
        WebElement reason = browser.find("#sweep-table tbody tr:first-child + tr.reason");
        assertTrue(browser.text("#sweep-reason").endsWith(reason.getText()), reason.getText());
        verdict.click();
        assertEquals(0, browser.all("#sweep-table .reason").size());
    }

    @Test
    @Tag("thorough")
    void aFingerTapsForAValueAndDragsToZoom() {
        String whole = browser.picture("#curve-chart-logistic canvas");
        browser.find("#curve-chart-logistic .u-over");
        touch("pointerdown", 40);
        touch("pointerup", 41);
        assertTrue(
                browser.text("#curve-chart-logistic .tip").startsWith("logistic-"),
                browser.text("#curve-chart-logistic .tip"));
        touch("pointerdown", 40);
        touch("pointermove", 120);
        touch("pointerup", 120);
        assertNotEquals(whole, browser.picture("#curve-chart-logistic canvas"));
        WebElement back = browser.find("#curve-chart-logistic").findElement(By.xpath("preceding-sibling::button"));
        assertTrue(back.isDisplayed());
        back.click();
        browser.find("#sweep");
        assertEquals(whole, browser.picture("#curve-chart-logistic canvas"));
    }

    private void touch(String kind, int across) {
        browser.run(
                "const over = document.querySelector('#curve-chart-logistic .u-over');"
                        + "const {left, top, height} = over.getBoundingClientRect();"
                        + "over.dispatchEvent(new PointerEvent(arguments[0], {pointerType: 'touch', isPrimary: true, bubbles: true,"
                        + " clientX: left + arguments[1], clientY: top + height / 2}))",
                kind,
                across);
    }

    @Test
    @Tag("thorough")
    void twoRunsAreCompared() {
        browser.unfold("#mcnemar", "#mcnemar-result");
        browser.set("#run", "logistic-0.1");
        browser.set("#mcnemar-b", "logistic-1");
        String result = browser.text("#mcnemar-result");
        assertTrue(result.startsWith("Only logistic-0.1 is wrong on ") && result.contains("p "), result);
    }

    @Test
    @Tag("thorough")
    void slidersGoThroughTheEpochs() {
        String last = browser.picture("#weights-sheet");
        assertEquals("epoch 20", browser.text("#weights-epoch-value"));
        browser.set("#weights-epoch", "0");
        assertEquals("epoch 1", browser.text("#weights-epoch-value"));
        assertNotEquals(last, browser.picture("#weights-sheet"));
        browser.set("#run", "mse-1");
        assertEquals("mse-1", browser.run("return document.querySelector('#confusion-run').value"));
        browser.screenshot(SCREENSHOTS.resolve("weights.png"));
        String rates = browser.picture("#rate-chart canvas");
        browser.await("return document.querySelector('nav [aria-current]')?.hash === '#rates'");
        browser.set("#rate-epoch", "3");
        assertTrue(browser.text("#rate-epoch-value").contains("3"));
        assertNotEquals(rates, browser.picture("#rate-chart canvas"));
    }

    @Test
    @Tag("thorough")
    void aCellOfTheConfusionMatrixShowsItsImagesAndWhichPixelsSpoke() {
        WebElement cell = browser.find("#confusion-matrix button[data-label='4'][data-prediction='9']");
        cell.sendKeys(Keys.ENTER);
        browser.await("return document.querySelectorAll('#cell-images button').length > 0");
        cell.sendKeys(Keys.ARROW_LEFT);
        assertEquals("8", browser.focused().getDomAttribute("data-prediction"));
        int images = browser.all("#cell-images button").size();
        assertEquals(Math.min(32, Integer.parseInt(cell.getText())), images);
        browser.find("#cell-images button").click();
        browser.await("return document.querySelectorAll('#example-scores [data-class]').length === 10");
        assertEquals("9", highest("#example-scores"));
        assertTrue(browser.text("#example-heading").contains("label 4, answer 9"));
        assertEquals(
                1 + 2 + 2 + 1, browser.all("#example-evidence canvas").size(), "difference, means, both, and colours");
        assertTrue(browser.text("#example-evidence").contains("9 less 4: +"), browser.text("#example-evidence"));
        browser.screenshot(SCREENSHOTS.resolve("confusion.png"));
    }

    @Test
    @Tag("thorough")
    void takingAwayAllInkChangesTheAnswerAndComesBack() {
        browser.find("#confusion-matrix button[data-label='4'][data-prediction='9']")
                .sendKeys(Keys.ENTER);
        browser.await("return document.querySelectorAll('#cell-images button').length > 0");
        browser.find("#cell-images button").click();
        browser.await("return document.querySelectorAll('#example-scores [data-class]').length === 10");
        String scores = browser.text("#example-scores");
        browser.find("#example-eraser").click();
        WebElement pad = browser.find("#example-pad");
        // Stay inside the round corners.
        int half = pad.getSize().getWidth() / 2 - 8;
        Actions rubbing = new Actions(browser.driver())
                .moveToElement(pad, 1 - half, 1 - half)
                .clickAndHold();
        for (int y = 1 - half; y < half; y += 10) {
            rubbing.moveToElement(pad, (y + half) / 10 % 2 == 0 ? half - 2 : 2 - half, y);
            rubbing.moveToElement(pad, (y + half) / 10 % 2 == 0 ? half - 2 : 2 - half, Math.min(half - 1, y + 9));
        }
        rubbing.release().perform();
        assertTrue(browser.text("#example-text").startsWith("With "), browser.text("#example-text"));
        assertNotEquals(scores, browser.text("#example-scores"));
        browser.find("#example-reset").click();
        assertEquals(scores, browser.text("#example-scores"));
        pad.sendKeys(Keys.ARROW_DOWN, Keys.SPACE);
        assertTrue(browser.text("#example-text").startsWith("With "), browser.text("#example-text"));
    }

    @Test
    @Tag("thorough")
    void aStepIsSeenAndSaid() {
        browser.unfold("#step", "#step-result");
        browser.set("#run", "logistic-1");
        String own = browser.text("#step-result");
        assertTrue(own.contains("the run's step takes the class's cost from 0.6931 to "), own);
        assertFalse(own.contains("A step with rate"), own);
        String picture = browser.picture("#step-chart canvas");
        browser.set("#step-rate", "200");
        assertTrue(browser.text("#step-result").contains("A step with rate"), browser.text("#step-result"));
        assertNotEquals(picture, browser.picture("#step-chart canvas"));
        browser.set("#step-epoch", "3");
        assertTrue(browser.text("#step-result").contains("after epoch 5:"), browser.text("#step-result"));
        browser.find("#step-own").click();
        assertFalse(browser.text("#step-result").contains("A step with rate"), browser.text("#step-result"));
        browser.screenshot(SCREENSHOTS.resolve("step.png"));
    }

    @Test
    @Tag("thorough")
    void theAddressLeadsToWhatWasSeen() throws IOException {
        browser.set("#curve-quantity", "cost");
        browser.find(".run-toggle[data-run='logistic-0.1']").click();
        browser.unfold("#step", "#step-result");
        browser.set("#run", "mse-1");
        browser.set("#step-unit", "3");
        browser.find("#confusion-matrix button[data-label='7'][data-prediction='9']")
                .sendKeys(Keys.ENTER);
        browser.await("return location.hash.includes('step-unit=3') && location.hash.includes('cell=7,9')");
        String address = (String) browser.run("return location.href");
        try (Browser other = Browser.open(address, WIDTH, HEIGHT)) {
            assertEquals("cost", other.run("return document.querySelector('#curve-quantity').value"));
            assertEquals(5L, other.run("return document.querySelectorAll('.run-toggle:checked').length"));
            assertTrue(other.text("#step-result").startsWith("mse-1, class 3,"), other.text("#step-result"));
            assertEquals("mse-1", other.run("return document.querySelector('#weights-run').value"));
            assertTrue(other.text("#cell-text").startsWith("Label 7, answer 9:"), other.text("#cell-text"));
            assertEquals(List.of(), other.complaints());
        }
        String damagedAddress = page.toUri() + "#rates&%E0%A4=1&runs=nobody&run=nobody&cell=7&open=none&curve-set";
        try (Browser damaged = Browser.open(damagedAddress, WIDTH, HEIGHT)) {
            assertEquals(List.of(), damaged.complaints());
        }
    }

    @Test
    @Tag("thorough")
    void aDrawnZeroIsAZeroAndADrawnOneAOne() {
        WebElement canvas = browser.find("#draw-canvas");
        int radius = canvas.getSize().getWidth() / 3;
        Actions circle = new Actions(browser.driver())
                .moveToElement(canvas, radius * 3 / 4, 0)
                .clickAndHold();
        for (int degrees = 0; degrees <= 360; degrees += 15) {
            double angle = Math.toRadians(degrees);
            circle.moveToElement(canvas, (int) (radius * 0.75 * Math.cos(angle)), (int) (radius * Math.sin(angle)));
        }
        circle.release().perform();
        assertEquals("0", browser.text("#draw-answer"));
        assertEquals("0", highest("#draw-scores"));
        browser.screenshot(SCREENSHOTS.resolve("drawing.png"));
        browser.find("#draw-clear").click();
        assertEquals("", browser.text("#draw-answer"));
        browser.find("#draw-canvas");
        new Actions(browser.driver())
                .moveToElement(canvas, radius / 8, -radius)
                .clickAndHold()
                .moveToElement(canvas, 0, 0)
                .moveToElement(canvas, -radius / 8, radius)
                .release()
                .perform();
        assertEquals("1", browser.text("#draw-answer"));
        assertEquals("1", highest("#draw-scores"));
    }

    /** A drawing's ground stays white under its black ink, and the dark theme inverts both. */
    @Test
    @Tag("thorough")
    void keysDrawAOneThatIsSeenInForcedColours() {
        try (Browser forced = Browser.open(page, WIDTH, HEIGHT)) {
            forced.forcesDarkColours();
            WebElement canvas = forced.find("#draw-canvas");
            forced.run("arguments[0].focus()", canvas);
            Actions keys = new Actions(forced.driver());
            for (int up = 0; up < 9; up++) {
                keys.sendKeys(Keys.ARROW_UP);
            }
            keys.keyDown(Keys.SHIFT);
            for (int down = 0; down < 18; down++) {
                keys.sendKeys(Keys.ARROW_DOWN);
            }
            keys.keyUp(Keys.SHIFT).perform();
            assertEquals("1", forced.text("#draw-answer"));
            for (String pad : List.of("#draw-canvas", "#example-pad")) {
                assertEquals(
                        "rgb(255, 255, 255) invert(1)",
                        forced.run(
                                "const style = getComputedStyle(document.querySelector(arguments[0]));"
                                        + " return style.backgroundColor + ' ' + style.filter",
                                pad));
            }
            canvas.sendKeys(Keys.DELETE);
            assertEquals("", forced.text("#draw-answer"));
        }
    }

    @Test
    @Tag("thorough")
    void thePageTrainsBesideTheRealRun() {
        assertEquals("", trained());
        browser.find("#train summary").click();
        awaitTraining("After 100 epochs with loss logistic and rate 1, ");
        String first = trained();
        assertTrue(browser.text("#train-text").contains("of the 60,000 training images"), browser.text("#train-text"));
        assertTrue(
                first.contains("The run logistic-1 learned from all 60,000 training images. At epoch 20 it had 1"),
                first);
        String picture = browser.picture("#train-error-chart canvas");
        browser.set("#train-loss", "mse");
        awaitTraining("After 100 epochs with loss mse and rate 1, ");
        assertTrue(trained().contains("The run mse-1 learned"), trained());
        assertNotEquals(picture, browser.picture("#train-error-chart canvas"));
        browser.set("#train-rate", "0");
        awaitTraining("After 100 epochs with loss mse and rate 0.007, ");
        assertTrue(trained().contains("The run most like it, mse-0.1, learned"), trained());
        browser.screenshot(SCREENSHOTS.resolve("training.png"));
    }

    @Test
    @Tag("thorough")
    void aDrawnDigitIsTrainedOn() {
        browser.find("#train summary").click();
        browser.find("#train-add").click();
        assertTrue(browser.find("#train-undrawn").isDisplayed());
        WebElement canvas = browser.find("#draw-canvas");
        new Actions(browser.driver())
                .moveToElement(canvas, 0, -canvas.getSize().getHeight() / 3)
                .clickAndHold()
                .moveToElement(canvas, 0, canvas.getSize().getHeight() / 3)
                .release()
                .perform();
        browser.set("#train-label", "8");
        browser.find("#train-add").click();
        assertEquals(1, browser.all("#train-added canvas").size());
        assertEquals(false, browser.driver().findElement(By.id("train-undrawn")).isDisplayed());
        browser.await("return /answers your drawing of class 8 with \\d/.test("
                + "document.querySelector('#train-result').textContent)");
        browser.find("#train-remove").click();
        browser.await("return !document.querySelector('#train-result').textContent.includes('drawing')"
                + " && document.querySelector('#train-go').textContent !== 'Stop'");
        assertEquals(0, browser.all("#train-added canvas").size());
    }

    @Test
    @Tag("thorough")
    void withoutAWorkerThePageSaysThatItCannotTrain() {
        browser.run("window.Worker = function () { throw new Error('no worker') }");
        browser.find("#train summary").click();
        browser.await("return document.querySelector('#train-result').textContent.includes('no worker')");
    }

    /** What is said of the training on the page. */
    private String trained() {
        return plain((String) browser.run("return document.querySelector('#train-result').textContent"));
    }

    private void awaitTraining(String beginning) {
        browser.await(
                "return document.querySelector('#train-result').textContent.replaceAll('\u00a0', ' ')"
                        + ".startsWith(arguments[0])",
                beginning);
    }

    @Test
    @Tag("thorough")
    void fitsAPhoneAndTheDark() {
        assertTrue(lightness() > 200, "light");
        try (Browser phone = Browser.open(page, 400, 800)) {
            phone.prefersDark();
            assertEquals(true, phone.run("return document.documentElement.scrollWidth <= 400"));
            for (String place : List.of("#curves", "#weights", "#confusion", "#draw", "#train", "#mathematics")) {
                phone.run("document.querySelector(arguments[0]).scrollIntoView()", place);
                phone.screenshot(SCREENSHOTS.resolve("phone-" + place.substring(1) + ".png"));
            }
            assertEquals(List.of(), phone.complaints());
            assertTrue(((Number) phone.run(LIGHTNESS)).intValue() < 60, "dark");
        }
    }

    @Test
    @Tag("thorough")
    void nothingStandsInAnyonesWay() throws IOException {
        browser.run(UNFOLD_ALL);
        assertEquals(List.of(), browser.barriers());
        try (Browser phone = Browser.open(page, 400, 800)) {
            phone.prefersDark();
            phone.run(UNFOLD_ALL);
            assertEquals(List.of(), phone.barriers());
        }
        browser.forcesColours();
        assertEquals(List.of(), browser.barriers());
    }

    @Test
    @Tag("thorough")
    @EnabledIf("aFirefoxIsThere")
    void firefoxShowsTheSameAndAnswersADrawing(@TempDir Path profiles) throws IOException {
        Map<Firefox.Preferences, Integer> widths = Map.of(
                Firefox.Preferences.LIGHT,
                WIDTH,
                Firefox.Preferences.DARK,
                400,
                Firefox.Preferences.FORCED_COLOURS,
                WIDTH);
        for (Firefox.Preferences preferences : Firefox.Preferences.values()) {
            Path profile = Files.createDirectory(profiles.resolve(preferences.name()));
            try (Firefox firefox = Firefox.open(page, profile, widths.get(preferences), HEIGHT, preferences)) {
                browser.run(UNFOLD_ALL);
                firefox.run("(() => {" + UNFOLD_ALL + "})()");
                for (String place :
                        List.of("#result", "#answers-list", "#rates-text", "#confusion-text", "#step-result")) {
                    assertEquals(
                            browser.run("return document.querySelector('" + place + "').textContent"),
                            firefox.run("document.querySelector('" + place + "').textContent"));
                }
                assertEquals(List.of(), firefox.barriers(), preferences.name());
                List<?> place = (List<?>) firefox.run("(() => { const pad = document.querySelector('#draw-canvas');"
                        + "pad.scrollIntoView({block: 'center'}); const {left, top, width, height} = pad.getBoundingClientRect();"
                        + "return [left + width / 2, top + height / 2, height / 3].map(Math.round); })()");
                int[] numbers = place.stream()
                        .mapToInt(number -> ((Number) number).intValue())
                        .toArray();
                firefox.drag(List.of(
                        new int[] {numbers[0], numbers[1] - numbers[2]},
                        new int[] {numbers[0], numbers[1]},
                        new int[] {numbers[0] - 3, numbers[1] + numbers[2]}));
                assertEquals("1", firefox.run("document.querySelector('#draw-answer').textContent"));
                String said = (String) firefox.run("new Promise(done => {"
                        + "document.querySelector('#train').open = true;"
                        + "const look = () => { const {textContent} = document.querySelector('#train-result');"
                        + "textContent ? done(textContent) : setTimeout(look, 50); }; look(); })");
                assertTrue(plain(said).startsWith("After 100 epochs with loss logistic and rate 1, "), said);
                assertEquals(List.of(), firefox.complaints());
            }
        }
    }

    /** Without Firefox that test is left out, and the build says so. */
    @SuppressWarnings("unused")
    static boolean aFirefoxIsThere() {
        boolean there = Firefox.isThere();
        if (!there) {
            LeftOut.add("the report's page in Firefox (no firefox-esr and no firefox)");
        }
        return there;
    }

    /** How many words are seen, without the other options of a select. */
    private static final String WORDS =
            "document.querySelectorAll('option:not(:checked)').forEach(option => option.remove());"
                    + "return document.body.innerText.match(/\\S+/g).length";

    /** How many controls are seen, besides the cells and images of the confusion matrix. */
    private static final String CONTROLS = "return [...document.querySelectorAll('button, input, select, summary')]"
            + ".filter(control => control.checkVisibility() && !control.closest('#confusion-matrix, #cell-images'))"
            + ".length";

    private static final String UNFOLD_ALL =
            "document.querySelectorAll('.folded').forEach(section => section.open = true);"
                    + "return new Promise(done => { const step = document.querySelector('#step-result');"
                    + "const look = () => step.textContent === '' ? setTimeout(look, 20) : done(); look(); })";

    private static final String LIGHTNESS =
            "return Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])";

    private int lightness() {
        return ((Number) browser.run(LIGHTNESS)).intValue();
    }

    /** The class with the largest score in a list of scores. */
    private String highest(String list) {
        return (String) browser.run(
                "const rows = [...document.querySelectorAll(arguments[0] + ' [data-class]')];"
                        + "rows.sort((a, b) => b.dataset.score - a.dataset.score);"
                        + "return rows[0].dataset.class",
                list);
    }
}
