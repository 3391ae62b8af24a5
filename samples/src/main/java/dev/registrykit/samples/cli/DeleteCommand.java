package dev.registrykit.samples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes the tags that are named, and no other. */
@Command(
    name = "delete",
    description = "Deletes the tags that are named, at once, and no other tag."
        + " Tags that share a digest and are all named may go together.")
final class DeleteCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin
  private final RegistryArguments registry = new RegistryArguments();

  @Parameters(index = "1", paramLabel = "IMAGE", description = "such as my-namespace/app")
  private String image = "";

  @Parameters(index = "2..*", arity = "1..*", paramLabel = "TAG", description = "such as 1.2")
  private List<String> tags = List.of();

  @Option(
      names = "--force",
      description = "even though tags that are not named share the digest, and may go too")
  private boolean force;

  @Option(names = "--ignore-missing", description = "a tag that is not there is no failure")
  private boolean ignoreMissing;

  @Option(names = "--json", description = "one JSON document, for programs")
  private boolean asJson;

  DeleteCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ImageRef ref = Arguments.wholeImage(image);
    tags.forEach(ImageRef::requireTag);
    DeleteOptions options = DeleteOptions.defaults();
    options = force ? options.withForce() : options;
    options = ignoreMissing ? options.ignoringMissing() : options;
    BulkDeleteResult result;
    try (Registry opened = registry.open(surroundings)) {
      result = opened.deleteTags(ref, tags, options);
    }
    if (asJson) {
      Json.write(surroundings.screen(), json(ref, result));
    } else {
      table(result).writeTo(surroundings.screen());
    }
    result
        .stoppedBy()
        .map(RegistryException::getMessage)
        .ifPresent(why -> surroundings.screen().problem("ended early: " + why));
    return exitCode(result);
  }

  /** What no tag got past, such as a wrong login, is told by its own code. */
  private static int exitCode(BulkDeleteResult result) {
    if (result.failures().isEmpty() && result.stoppedBy().isEmpty()) {
      return ExitCode.DONE;
    }
    List<Integer> codes = Stream.concat(
            result.stoppedBy().stream(), result.failures().values().stream())
        .map(ExitCode::of)
        .distinct()
        .toList();
    if (codes.contains(ExitCode.INTERRUPTED)) {
      return ExitCode.INTERRUPTED;
    }
    return result.deleted().isEmpty() && codes.size() == 1 ? codes.get(0) : ExitCode.FAILED;
  }

  private static Table table(BulkDeleteResult result) {
    Table table = new Table("TAG", "OUTCOME", "DETAIL");
    for (BulkDeleteResult.Entry entry : result.entries()) {
      Styled.Style style = entry.result().isPresent()
          ? Styled.Style.GREEN
          : entry.isAttempted() ? Styled.Style.RED : Styled.Style.YELLOW;
      table.row(
          Styled.strong(entry.tag()),
          new Styled(outcome(entry).replace('_', ' '), style),
          Styled.plain(detail(entry)));
    }
    return table;
  }

  private static String outcome(BulkDeleteResult.Entry entry) {
    return entry
        .result()
        .map(deleted -> deleted.outcome().name().toLowerCase(Locale.ROOT))
        .orElse(entry.isAttempted() ? "failed" : "not_attempted");
  }

  private static String detail(BulkDeleteResult.Entry entry) {
    return entry
        .failure()
        .map(RegistryException::getMessage)
        .or(() -> entry
            .result()
            .map(DeleteResult::deletedWith)
            .filter(others -> !others.isEmpty())
            .map(others -> "went with it: " + String.join(", ", others)))
        .orElse(Table.NOTHING);
  }

  private static ObjectNode json(ImageRef ref, BulkDeleteResult result) {
    ObjectNode json = Json.object().put("image", ref.path());
    json.set(
        "tags", Json.array(result.entries().stream().map(DeleteCommand::json).toList()));
    return json.put(
        "stoppedBy", result.stoppedBy().map(RegistryException::getMessage).orElse(null));
  }

  private static ObjectNode json(BulkDeleteResult.Entry entry) {
    ObjectNode json = Json.object().put("tag", entry.tag()).put("outcome", outcome(entry));
    json.set(
        "deletedWith", Json.texts(entry.result().map(DeleteResult::deletedWith).orElse(List.of())));
    json.set("failure", entry.failure().map(Json::of).orElse(null));
    return json;
  }
}
