package dev.registrykit.samples.cli;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.retention.ImageMatcher;
import dev.registrykit.retention.ImagePlan;
import dev.registrykit.retention.ImagePlans;
import dev.registrykit.retention.RetentionPlan;
import dev.registrykit.retention.RetentionPolicy;
import dev.registrykit.retention.RetentionPolicyFile;
import dev.registrykit.retention.RetentionRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes the tags that a policy does not keep; a dry run unless told otherwise. */
@Command(
    name = "prune",
    abbreviateSynopsis = true,
    description = {
      "Deletes the tags that a policy does not keep. Shows the plan with its reasons, and deletes nothing without --yes.",
      "The policy comes from options, or from a file."
    })
final class PruneCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin
  private final RegistryArguments registry = new RegistryArguments();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "IMAGE|GLOB",
      description =
          "such as my-namespace/app, or 'my-namespace/*' for each of many; not with --resume")
  private @Nullable String image;

  @Option(names = "--all-images", description = "each image of the registry, in place of IMAGE")
  private boolean allImages;

  @Option(names = "--yes", description = "carry the plan out")
  private boolean isReal;

  @Option(names = "--policy", paramLabel = "FILE", description = "read the policy from a YAML file")
  private @Nullable Path policyFile;

  @Option(
      names = "--plan-out",
      paramLabel = "FILE",
      description = "write the plan to a new file, to be reviewed")
  private @Nullable Path planOut;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "carry out this plan; a tag that was moved since stays")
  private @Nullable Path planFile;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "write what is done to a new file, from which a killed run is resumed")
  private @Nullable Path journal;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "go on with the run that wrote this journal")
  private @Nullable Path resume;

  @Option(names = "--json", description = "one JSON document, for programs")
  private boolean asJson;

  @Option(names = "--progress", description = "show progress even if nobody seems to look")
  private boolean progress;

  @ArgGroup(exclusive = false, validate = false, heading = "%nPolicy:%n")
  private @Nullable PolicyOptions policyOptions;

  PruneCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    requireNoContradiction();
    boolean isWatched = progress || (surroundings.screen().isTerminal() && !asJson);
    Pruning pruning = new Pruning(surroundings, isReal, asJson, isWatched);
    Path journalToResume = resume;
    Path reviewed = planFile;
    if (journalToResume != null) {
      try (Registry opened = registry.open(surroundings)) {
        pruning.resume(run(opened, journalToResume));
      }
    } else if (reviewed != null) {
      ImageRef ref = Arguments.wholeImage(imageText());
      String json = Arguments.file("--plan", reviewed);
      try (Registry opened = registry.open(surroundings)) {
        pruning.prune(opened, plan(json, opened, ref), this::withJournal);
      }
    } else if (isMany()) {
      ImageMatcher images = allImages ? ImageMatcher.all() : ImageMatcher.glob(imageText());
      pruneMany(pruning, images, policy());
    } else {
      pruneOne(pruning, Arguments.wholeImage(imageText()), policy());
    }
    return pruning.end();
  }

  private void requireNoContradiction() {
    boolean hasPolicy = policyFile != null || policyOptions != null;
    exclude(
        policyFile != null && policyOptions != null,
        "--policy contradicts the options of a policy");
    exclude(planFile != null && hasPolicy, "--plan contradicts a policy: it was made by one");
    exclude(planFile != null && planOut != null, "--plan contradicts --plan-out");
    exclude(exists(planOut), "--plan-out: the file is there already, and is not overwritten");
    exclude(exists(journal), "--journal: the file is there already; --resume goes on with it");
    exclude(!canBeMade(planOut), "--plan-out: no file can be made there");
    exclude(!canBeMade(journal), "--journal: no file can be made there");
    exclude(journal != null && !isReal, "--journal: nothing is done without --yes");
    exclude(allImages && image != null, "--all-images contradicts IMAGE");
    exclude(isMany() && planFile != null, "--plan: for one image, not for many");
    exclude(isMany() && planOut != null, "--plan-out: for one image, not for many");
    exclude(isMany() && journal != null, "--journal: for one image, not for many");
    if (resume != null) {
      exclude(
          hasPolicy || planFile != null || planOut != null || journal != null,
          "--resume takes plan and journal from its file, so no other is given");
      exclude(
          image != null || allImages, "--resume: the image stands in its file, so none is given");
      exclude(!isReal, "--resume: nothing is done without --yes");
    } else {
      exclude(image == null && !allImages, "IMAGE: missing");
      exclude(
          !hasPolicy && planFile == null,
          "there is no policy: give its options, --policy or --plan");
    }
  }

  private static boolean exists(@Nullable Path file) {
    return file != null && Files.exists(file);
  }

  private static boolean canBeMade(@Nullable Path file) {
    Path directory = file == null ? null : file.toAbsolutePath().getParent();
    return file == null || (directory != null && Files.isWritable(directory));
  }

  private static void exclude(boolean isWrong, String message) {
    if (isWrong) {
      throw ProgramException.usage(message);
    }
  }

  private String imageText() {
    String text = image;
    return text == null ? "" : text;
  }

  private boolean isMany() {
    return allImages || imageText().contains("*") || imageText().contains("?");
  }

  private RetentionPolicy policy() {
    PolicyOptions options = policyOptions;
    Path file = policyFile;
    if (options != null) {
      return options.policy();
    }
    if (file == null) {
      throw new IllegalStateException("no policy");
    }
    try {
      return RetentionPolicyFile.read(file);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--policy: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw ProgramException.usage("--policy: " + e.getMessage() + ": " + e.getCause(), e);
    }
  }

  private static RetentionRun run(Registry opened, Path journal) {
    try {
      return RetentionRun.resume(opened, journal);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--resume: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw ProgramException.usage("--resume: " + journal + " cannot be read: " + e.getCause(), e);
    }
  }

  private static RetentionPlan plan(String json, Registry opened, ImageRef ref) {
    RetentionPlan plan;
    try {
      plan = RetentionPlan.fromJson(json, opened);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--plan: " + e.getMessage(), e);
    }
    exclude(
        !plan.image().path().equals(ref.path()),
        "--plan: image: the plan was made for " + plan.image() + ", not for " + ref);
    return plan;
  }

  private void pruneOne(Pruning pruning, ImageRef ref, RetentionPolicy policy) {
    try (Registry opened = registry.open(surroundings)) {
      RetentionPlan plan = RetentionPlan.of(opened, ref, policy, surroundings.clock());
      write(plan);
      pruning.prune(opened, plan, this::withJournal);
    }
  }

  private void pruneMany(Pruning pruning, ImageMatcher images, RetentionPolicy policy) {
    try (Registry opened = registry.open(surroundings)) {
      for (ImagePlan each : ImagePlans.of(opened, images, policy, surroundings.clock())) {
        each.failure().ifPresent(e -> pruning.failed(each.image().path(), e));
        each.plan().ifPresent(plan -> pruning.prune(opened, plan, run -> run));
        if (pruning.isInterrupted()) {
          return;
        }
      }
    } catch (RegistryException e) {
      pruning.failed(null, e); // what was done before is told all the same
    }
  }

  private RetentionRun withJournal(RetentionRun run) {
    Path file = journal;
    return file == null ? run : run.withJournal(file);
  }

  private void write(RetentionPlan plan) {
    Path file = planOut;
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          file, plan.toJson(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw ProgramException.failed("--plan-out: " + file + " cannot be written: " + e, e);
    }
  }
}
