package dev.registrykit.samples.cli;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the tags of an image. */
@Command(name = "tags", description = "Lists the tags of an image.")
final class TagsCommand implements Callable<Integer> {

  /** In which order tags are listed. */
  enum Order {
    newest(TagOrder.CHANGED_DESC),
    oldest(TagOrder.CHANGED_ASC),
    name(TagOrder.NAME_ASC);

    private final TagOrder order;

    Order(TagOrder order) {
      this.order = order;
    }
  }

  private final Surroundings surroundings;

  @Mixin
  private final RegistryArguments registry = new RegistryArguments();

  @Parameters(index = "1", paramLabel = "IMAGE", description = "such as my-namespace/app")
  private String image = "";

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description = "${COMPLETION-CANDIDATES}; newest unless said")
  private Order order = Order.newest;

  @Option(names = "--limit", paramLabel = "N", description = "at most so many")
  private @Nullable Integer limit;

  @Option(
      names = "--names",
      description = "names alone, one a line, in the registry's order unless --order is said")
  private boolean namesOnly;

  @Option(names = "--json", description = "one JSON document, for programs")
  private boolean asJson;

  TagsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Integer most = limit;
    if (most != null && most < 1) {
      throw ProgramException.usage("--limit: at least 1, not " + most);
    }
    if (namesOnly && asJson) {
      throw ProgramException.usage("--names contradicts --json");
    }
    ImageRef ref = Arguments.wholeImage(image);
    try (Registry opened = registry.open(surroundings)) {
      Stream<Tag> listed = opened.listTags(ref, options()).stream();
      List<Tag> tags = (most == null ? listed : listed.limit(most)).toList();
      write(ref, tags);
    }
    return ExitCode.DONE;
  }

  private ListTagsOptions options() {
    ListTagsOptions options = ListTagsOptions.defaults().withOrder(order.order);
    return namesOnly ? options : options.withDetail(TagDetail.FULL);
  }

  private void write(ImageRef ref, List<Tag> tags) {
    Screen screen = surroundings.screen();
    if (asJson) {
      Json.write(
          screen,
          Json.object()
              .put("image", ref.path())
              .set("tags", Json.array(tags.stream().map(Json::of).toList())));
    } else if (namesOnly) {
      tags.forEach(tag -> screen.line(tag.name()));
    } else {
      table(tags).writeTo(screen);
    }
  }

  private Table table(List<Tag> tags) {
    Instant now = surroundings.clock().instant();
    Table table = new Table("TAG", "DIGEST", "CHANGED", "SIZE", "STATUS");
    for (Tag tag : tags) {
      table.row(
          Styled.strong(tag.name()),
          Styled.plain(Shown.digest(tag.digest())),
          Styled.plain(Shown.age(tag.changedAt(), now)),
          Styled.plain(Shown.size(tag.sizeBytes())),
          Styled.plain(Arguments.shown(tag.status())));
    }
    return table;
  }
}
