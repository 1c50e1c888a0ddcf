package io.sparkperceptron.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a page. It records console messages and network requests. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = 20_000_000;
    private static final String TELLS_OF_REQUESTS = "Network.requestWillBeSent";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static boolean isThere() {
        return binary().isPresent() && onPath("chromedriver").isPresent();
    }

    static Browser open(Path page, int width, int height) {
        return open(page.toUri().toString(), width, height);
    }

    static Browser open(String address, int width, int height) {
        return open(address, width, height, "return document.documentElement.dataset.complete === 'true'");
    }

    /** Waits until the script says that the page is there. */
    static Browser open(String address, int width, int height, String ready) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(binary().orElseThrow().toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,1000");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.command("Emulation.setDeviceMetricsOverride", width, height);
        browser.driver.get(address);
        browser.await(ready);
        return browser;
    }

    private void command(String name, int width, int height) {
        driver.executeCdpCommand(
                name, Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void prefersDark() {
        prefers(Map.of("prefers-color-scheme", "dark"));
    }

    void forcesColours() {
        prefers(Map.of("forced-colors", "active"));
    }

    void forcesDarkColours() {
        prefers(Map.of("forced-colors", "active", "prefers-color-scheme", "dark"));
    }

    private void prefers(Map<String, String> features) {
        List<Map<String, String>> all = features.entrySet().stream()
                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                .toList();
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", all));
    }

    /** The console messages and network requests since the last call. */
    List<String> complaints() {
        Stream<String> logged =
                driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage);
        Stream<String> asked = driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains(TELLS_OF_REQUESTS)
                        && !message.contains("\"url\":\"data:")
                        && !message.contains("\"url\":\"blob:")
                        && !message.contains("\"type\":\"Document\""));
        return Stream.concat(logged, asked).toList();
    }

    /** The violations that axe-core finds. */
    @SuppressWarnings("unchecked")
    List<String> barriers() throws IOException {
        driver.executeScript(Axe.script());
        return (List<String>) driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1]; " + Axe.BARRIERS + ".then(done)");
    }

    ChromeDriver driver() {
        return driver;
    }

    /** The first element, scrolled into view. */
    WebElement find(String selector) {
        WebElement found = driver.findElement(By.cssSelector(selector));
        run("arguments[0].scrollIntoView({block: 'center'})", found);
        return found;
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    String text(String selector) {
        return find(selector).getText();
    }

    /** Opens a folded section as a reader does, and waits until something in it has a text. */
    void unfold(String section, String written) {
        find(section + " > summary").click();
        await("return document.querySelector(arguments[0]).textContent !== ''", written);
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    void await(String script, Object... arguments) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(run(script, arguments))) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("still not so after " + PATIENCE + ": " + script + "; " + complaints());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The pixels of a canvas, as text. */
    String picture(String selector) {
        find(selector);
        run("return new Promise(requestAnimationFrame)");
        return (String) run("return document.querySelector(arguments[0]).toDataURL()", selector);
    }

    /** Sets a slider or a select, and sends its events. */
    void set(String selector, String value) {
        run(
                "arguments[0].value = arguments[1];"
                        + "for (const kind of ['input', 'change'])"
                        + "  arguments[0].dispatchEvent(new Event(kind, {bubbles: true}))",
                find(selector),
                value);
    }

    /** Writes a screenshot, for people. */
    void screenshot(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, ((TakesScreenshot) driver).getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Optional<Path> binary() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> onPath(name).stream())
                .findFirst();
    }

    static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
