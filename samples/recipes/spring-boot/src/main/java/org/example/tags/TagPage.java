package org.example.tags;

import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

// snippet: spring-page
/**
 * One page of names.
 *
 * @param next what to give as {@code cursor} for the next page; null on the last one
 */
public record TagPage(List<String> tags, @Nullable String next) {

  static TagPage of(Page<Tag> page) {
    return new TagPage(
        page.items().stream().map(Tag::name).toList(),
        page.nextCursor().map(PageCursor::value).orElse(null));
  }
}
// end
