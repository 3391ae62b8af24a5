package dev.registrykit.samples.cli;

import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a registry says of an image or of one tag. */
@Command(name = "show", description = "Shows what the registry says of an image, or of one tag.")
final class ShowCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin
  private final RegistryArguments registry = new RegistryArguments();

  @Parameters(
      index = "1",
      paramLabel = "IMAGE[:TAG]",
      description = "such as my-namespace/app, or my-namespace/app:1.2")
  private String reference = "";

  @Option(names = "--json", description = "one JSON document, for programs")
  private boolean asJson;

  ShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ImageRef ref = ImageRef.parse(reference);
    if (ref.tag().isEmpty() && ref.digest().isPresent()) {
      throw ProgramException.usage("IMAGE[:TAG]: a digest without a tag cannot be shown: " + ref);
    }
    try (Registry opened = registry.open(surroundings)) {
      if (ref.tag().isPresent()) {
        show(opened.getTag(ref));
      } else {
        show(opened.getImage(ref));
      }
    }
    return ExitCode.DONE;
  }

  private void show(Tag tag) {
    if (asJson) {
      Json.write(surroundings.screen(), Json.of(tag));
      return;
    }
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("image", tag.image().toString());
    lines.put("tag", tag.name());
    tag.digest().ifPresent(digest -> lines.put("digest", digest));
    write(lines, tag.createdAt(), tag.updatedAt(), tag.sizeBytes(), tag.status());
  }

  private void show(Image image) {
    if (asJson) {
      Json.write(surroundings.screen(), Json.of(image));
      return;
    }
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("image", image.ref().toString());
    write(lines, image.createdAt(), image.updatedAt(), image.sizeBytes(), image.status());
  }

  private void write(
      Map<String, String> lines,
      Optional<Instant> createdAt,
      Optional<Instant> updatedAt,
      OptionalLong sizeBytes,
      Status status) {
    createdAt.ifPresent(date -> lines.put("created", withAge(date)));
    updatedAt.ifPresent(date -> lines.put("updated", withAge(date)));
    if (sizeBytes.isPresent()) {
      lines.put("size", Shown.size(sizeBytes));
    }
    if (!status.equals(Status.UNKNOWN)) {
      lines.put("status", status.text());
    }
    lines.forEach((name, value) -> surroundings
        .screen()
        .line(Styled.faint(name + " ".repeat(9 - name.length())), Styled.plain(value)));
  }

  private String withAge(Instant date) {
    return date + " (" + Shown.age(Optional.of(date), surroundings.clock().instant()) + ")";
  }
}
