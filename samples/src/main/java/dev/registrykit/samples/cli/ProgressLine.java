package dev.registrykit.samples.cli;

import dev.registrykit.retention.RetentionProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bar that shows how far a run has come, drawn again and again in one line. */
final class ProgressLine implements Consumer<RetentionProgress>, AutoCloseable {

  private static final int WIDTH = 79;
  private static final int BAR = 30;
  private static final int MILLIS_BETWEEN_DRAWINGS = 200;

  private final AtomicReference<@Nullable RetentionProgress> progress = new AtomicReference<>();
  private final ProgressBar bar;

  ProgressLine(Screen screen, int total) {
    this.bar = ProgressBar.builder()
        .setTaskName("deleting")
        .setInitialMax(total)
        .setUpdateIntervalMillis(MILLIS_BETWEEN_DRAWINGS)
        .setConsumer(new ConsoleProgressBarConsumer(screen.err(), WIDTH))
        .setRenderer((state, width) -> drawn())
        .build();
  }

  @Override
  public void accept(RetentionProgress now) {
    progress.set(now);
    bar.stepTo(now.done());
  }

  private String drawn() {
    RetentionProgress now = progress.get();
    return now == null ? "" : drawn(now);
  }

  static String drawn(RetentionProgress now) {
    int filled = now.total() == 0 ? BAR : (int) ((long) BAR * now.done() / now.total());
    return String.format(
        Locale.ROOT,
        "[%s%s] %d of %d done%s%s, %s",
        "=".repeat(filled),
        " ".repeat(BAR - filled),
        now.done(),
        now.total(),
        now.kept() > 0 ? ", " + now.kept() + " kept" : "",
        now.failed() > 0 ? ", " + now.failed() + " failed" : "",
        now.done() < now.total()
            ? now.remaining().map(left -> time(left) + " left").orElse("time left unknown")
            : time(now.elapsed()));
  }

  private static String time(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  @Override
  public void close() {
    bar.close();
  }
}
