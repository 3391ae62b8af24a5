package dev.registrykit.samples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.retention.RetentionPlan;
import dev.registrykit.retention.RetentionReport;
import dev.registrykit.retention.RetentionRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows plans, carries them out if that is asked for, and remembers how it went. */
final class Pruning {

  private final Surroundings surroundings;
  private final boolean isReal;
  private final boolean asJson;
  private final boolean showsProgress;
  private final List<ObjectNode> images = new ArrayList<>();
  private final List<Integer> codes = new ArrayList<>();
  private boolean hasLeftUndone;

  Pruning(Surroundings surroundings, boolean isReal, boolean asJson, boolean showsProgress) {
    this.surroundings = surroundings;
    this.isReal = isReal;
    this.asJson = asJson;
    this.showsProgress = showsProgress;
  }

  private Screen screen() {
    return surroundings.screen();
  }

  /** Shows a plan, and carries it out unless something stands against it. */
  void prune(Registry registry, RetentionPlan plan, UnaryOperator<RetentionRun> settings) {
    ObjectNode image = planned(plan);
    if (!asJson) {
      PlanView.write(screen(), plan, surroundings.clock().instant());
    }
    if (!plan.obstacles().isEmpty()) {
      codes.add(ExitCode.REFUSED);
      plan.obstacles().forEach(why -> screen().problem("refused: " + plan.image() + ": " + why));
    } else if (isReal && !plan.deletions().isEmpty()) {
      run(settings.apply(RetentionRun.of(registry, plan)), image);
    } else if (!isReal) {
      hasLeftUndone |= !plan.deletions().isEmpty();
    }
  }

  /** Carries out what a run left. */
  void resume(RetentionRun run) {
    ObjectNode image = planned(run.plan());
    run(run, image);
  }

  private ObjectNode planned(RetentionPlan plan) {
    ObjectNode image = Json.object().put("image", plan.image().path());
    image.set("plan", Json.parsed(plan.toJson()));
    images.add(image);
    return image;
  }

  private void run(RetentionRun run, ObjectNode image) {
    RetentionReport report;
    RetentionRun timed = run.withClock(surroundings.clock());
    if (showsProgress) {
      screen().out().flush();
      try (ProgressLine progress =
          new ProgressLine(screen(), run.plan().deletions().size())) {
        report = timed.withProgress(progress).execute();
      }
    } else {
      report = timed.execute();
    }
    image.set("report", Json.parsed(report.toJson()));
    if (!asJson) {
      ReportView.write(screen(), report);
    }
    codes.add(
        Thread.currentThread().isInterrupted()
            ? ExitCode.INTERRUPTED
            : report.isComplete() ? ExitCode.DONE : ExitCode.FAILED);
  }

  /** Remembers that an image could not be read; null for those that follow. */
  void failed(@Nullable String image, RegistryException failure) {
    ObjectNode json = Json.object().put("image", image);
    json.set("failure", Json.of(failure));
    images.add(json);
    screen().problem(String.valueOf(failure.getMessage()));
    int code = ExitCode.of(failure);
    boolean isWhole = images.size() == 1 && image == null; // nothing could be read at all
    codes.add(isWhole || code == ExitCode.INTERRUPTED ? code : ExitCode.FAILED);
  }

  boolean isInterrupted() {
    return codes.contains(ExitCode.INTERRUPTED) || Thread.currentThread().isInterrupted();
  }

  /** Writes what programs get, and returns the exit code: the one that most needs a look. */
  int end() {
    if (asJson) {
      ObjectNode json = Json.object().put("dryRun", !isReal);
      json.set("images", Json.array(images));
      Json.write(screen(), json);
    } else if (hasLeftUndone) {
      screen()
          .message(
              Styled.plain("Nothing was deleted: this was a dry run, and --yes carries it out."));
    }
    return Stream.of(ExitCode.INTERRUPTED, ExitCode.FAILED, ExitCode.NO_ACCESS, ExitCode.REFUSED)
        .filter(codes::contains)
        .findFirst()
        .orElse(ExitCode.DONE);
  }
}
