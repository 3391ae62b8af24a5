package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways to read a listing. */
public final class ReadingPages {

  private ReadingPages() {}

  /** Returns every name, one page at a time. */
  public static List<String> everyName(Registry registry, ImageRef image) {
    List<String> names = new ArrayList<>();
    // snippet: iterate
    for (Tag tag : registry.listTags(image)) { // fetches a page when one is needed
      names.add(tag.name());
    }
    // end
    return names;
  }

  /** Reads one page and returns where to go on. */
  public static Optional<PageCursor> onePage(
      Registry registry, ImageRef image, Optional<PageCursor> where, List<String> names) {
    // snippet: resume
    ListTagsOptions options = ListTagsOptions.defaults().withPageSize(50);
    Page<Tag> page =
        registry.listTags(image, where.map(options::withCursor).orElse(options)).firstPage();
    page.items().forEach(tag -> names.add(tag.name()));
    Optional<PageCursor> next = page.nextCursor(); // its text can be stored and used tomorrow
    // end
    return next;
  }
}
