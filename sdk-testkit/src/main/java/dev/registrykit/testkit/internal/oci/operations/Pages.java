package dev.registrykit.testkit.internal.oci.operations;

import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.Paging;
import dev.registrykit.testkit.internal.oci.kind.UnknownLast;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.wire.QueryParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Cuts one list into pages as its registry does. */
final class Pages {
  static final int WHOLE = Integer.MAX_VALUE;

  private final RegistryState state;
  private final Paging paging;
  private final String name;

  /** A page, its greatest length, and whether it has a link to another one. */
  record Page(List<String> items, int size, boolean linked) {}

  Pages(RegistryState state, Paging paging, String name) {
    this.state = state;
    this.paging = paging;
    this.name = name;
  }

  /** The greatest length of the page that is asked for. */
  int size(QueryParameters query) {
    int unasked = paging.defaultSize() == 0 ? WHOLE : paging.defaultSize();
    Optional<String> asked = query.first("n");
    if (paging.ignored() || asked.isEmpty()) {
      return unasked;
    }
    Optional<Long> number = number(asked.get());
    if (paging.wholeForZero() && number.isPresent() && number.get() <= 0) {
      return unasked;
    }
    if (number.isEmpty() || number.get() < 0) {
      state.refuseIfUnwanted(Case.PAGE_SIZE_INVALID, name, asked.get());
      return unasked;
    }
    if (number.get() <= paging.maxSize()) {
      return Math.toIntExact(number.get());
    }
    if (paging.maxSize() != Paging.NO_MAXIMUM) {
      state.refuseIfUnwanted(Case.PAGE_SIZE_TOO_BIG, name, asked.get());
    }
    return paging.maxSize();
  }

  /** The names after the last one of the page before. */
  Iterator<String> after(
      @Nullable String last,
      Predicate<String> isThere,
      Function<@Nullable String, Iterator<String>> names) {
    if (last == null || paging.ignored()) {
      return names.apply(null);
    }
    boolean unknown = !isThere.test(last);
    if (unknown && paging.unknownLast() == UnknownLast.REFUSED) {
      throw state.refusal(Case.LAST_UNKNOWN, name, last);
    }
    Iterator<String> rest = names.apply(last);
    if (unknown && paging.unknownLast() == UnknownLast.AFTER_NEXT && rest.hasNext()) {
      rest.next();
    }
    return rest;
  }

  Page page(Iterator<String> names, int size) {
    List<String> items = new ArrayList<>();
    while (items.size() < size && names.hasNext()) {
      items.add(names.next());
    }
    boolean full = size > 0 && items.size() == size;
    return new Page(items, size, full && (names.hasNext() || paging.linkOnFullPage()));
  }

  Optional<String> link(String path, Page page) {
    if (!page.linked()) {
      return Optional.empty();
    }
    String last = page.items().get(page.items().size() - 1);
    String lastParameter = "last=" + URLEncoder.encode(last, StandardCharsets.UTF_8);
    String sizeParameter = "n=" + page.size();
    String query = paging.sizeFirst()
        ? sizeParameter + "&" + lastParameter
        : lastParameter + "&" + sizeParameter;
    return Optional.of("<" + path + "?" + query + ">" + state.behaviour().wire().relation());
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
