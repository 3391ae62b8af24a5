package dev.registrykit.testkit.internal.oci.operations;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.EmptiedTags;
import dev.registrykit.testkit.internal.oci.kind.ErrorText;
import dev.registrykit.testkit.internal.oci.kind.Paging;
import dev.registrykit.testkit.internal.oci.kind.Trait;
import dev.registrykit.testkit.internal.oci.kind.UnknownLast;
import dev.registrykit.testkit.internal.oci.operations.Pages.Page;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import dev.registrykit.testkit.internal.oci.wire.QueryParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists tags and repositories. */
public final class ListOperations {
  /** As arbitrary as the order of a directory, and the same in every run. */
  private static final Comparator<String> SCRAMBLED = Comparator.<String>comparingInt(
          name -> name.hashCode() * 0x9E3779B9)
      .thenComparing(Comparator.naturalOrder());

  private static final String NEXT_PAGE = "next_page";
  private static final String ENDLESS = "endless-";
  private static final int ENDLESS_PAGE = 100;

  private final RegistryState state;

  public ListOperations(RegistryState state) {
    this.state = state;
  }

  public ApiAnswer catalog(QueryParameters query) {
    Pages pages = new Pages(state, state.behaviour().catalog(), "");
    int size = pages.size(query);
    String last = query.first("last").orElse("");
    Iterator<String> names = state.repositories().stream()
        .map(repository -> repository.name)
        .filter(name -> name.compareTo(last) > 0)
        .iterator();
    Page page = pages.page(names, size);
    boolean isNull = page.items().isEmpty() && state.behaviour().has(Trait.NULL_FOR_NONE);
    String repositories = isNull ? "null" : array(page.items());
    ApiAnswer answer = state.json(200, "{\"repositories\":" + repositories + "}");
    return pages
        .link("/v2/_catalog", page)
        .map(link -> answer.withHeader("Link", link))
        .orElse(answer);
  }

  public ApiAnswer tags(String name, QueryParameters query) {
    RepositoryRow repository = state.repository(name);
    try {
      return withGivenLink(listed(repository, name, query));
    } finally {
      if (repository != null) {
        repository.wasRead();
      }
    }
  }

  private ApiAnswer withGivenLink(ApiAnswer answer) {
    String link = state.switches.tagLink;
    return link == null ? answer : answer.withHeader("Link", link);
  }

  private ApiAnswer listed(@Nullable RepositoryRow repository, String name, QueryParameters query) {
    List<String> given = state.switches.tagPages.get(name);
    if (given != null) {
      return givenPage(given, name, query);
    }
    if (state.switches.endlessTags.contains(name)) {
      return endlessPage(name, query);
    }
    OptionalInt cap = state.switches.maxPageSize;
    Paging paging = state.behaviour().tags();
    Pages pages = new Pages(state, cap.isPresent() ? paging.obeyed() : paging, name);
    int size = Math.min(pages.size(query), cap.orElse(Pages.WHOLE));
    if (size == 0 && state.behaviour().has(Trait.EMPTY_PAGE_OF_NOTHING)) {
      return state.json(200, body(name, List.of(), size));
    }
    return page(known(repository, name), pages, size, query);
  }

  private RepositoryRow known(@Nullable RepositoryRow repository, String name) {
    if (repository == null && state.behaviour().has(Trait.LISTS_ANY_REPOSITORY)) {
      return new RepositoryRow(name);
    }
    boolean needsTag = !state.behaviour().has(Trait.NEEDS_NO_TAG)
        && !state.behaviour().has(Trait.LISTS_ANY_REPOSITORY);
    boolean unknown = repository == null
        || (needsTag && !repository.everTagged)
        || (repository.tags.isEmpty() && emptied() == EmptiedTags.NAME_UNKNOWN);
    if (repository == null || unknown) {
      throw state.refusal(Case.REPOSITORY_UNKNOWN, name, name);
    }
    return repository;
  }

  private ApiAnswer page(RepositoryRow repository, Pages pages, int size, QueryParameters query) {
    String name = repository.name;
    Iterator<String> names = pages.after(
        query.first("last").orElse(null),
        last -> repository.tags.get(last) != null,
        last -> names(repository, last));
    Page page = pages.page(names, size);
    String body = state.behaviour().has(Trait.DATED_LISTING)
        ? DatedListing.of(state, repository, page.items())
        : body(name, page.items(), size);
    ApiAnswer answer = state.json(200, body);
    return state.switches.tagLink != null
        ? answer
        : pages
            .link("/v2/" + name + "/tags/list", page)
            .map(link -> answer.withHeader("Link", link))
            .orElse(answer);
  }

  /** The names after one, in the order of this registry; all of them for null. */
  private Iterator<String> names(RepositoryRow repository, @Nullable String after) {
    Comparator<String> given = state.switches.tagOrder;
    if (given == null && state.behaviour().sortsTags()) {
      return repository.tags.iterator(after);
    }
    Comparator<String> order = given == null ? SCRAMBLED : given;
    return repository.tags.names().stream()
        .sorted(order)
        .filter(name -> after == null || order.compare(name, after) > 0)
        .iterator();
  }

  private String body(String name, List<String> tags, int size) {
    boolean none = tags.isEmpty() && size != 0 && emptied() == EmptiedTags.NULL;
    return "{\"name\":" + ErrorText.quoted(name) + ",\"tags\":" + (none ? "null" : array(tags))
        + "}";
  }

  private EmptiedTags emptied() {
    EmptiedTags switched = state.switches.emptied;
    return switched == null ? state.behaviour().emptied() : switched;
  }

  private ApiAnswer givenPage(List<String> given, String name, QueryParameters query) {
    int index = query.first(NEXT_PAGE).map(Integer::parseInt).orElse(0);
    ApiAnswer answer = state.json(200, given.get(index));
    if (index + 1 == given.size() || state.switches.tagLink != null) {
      return answer;
    }
    String next =
        "</v2/" + name + "/tags/list?" + NEXT_PAGE + "=" + (index + 1) + ">; rel=\"next\"";
    return answer.withHeader("Link", next);
  }

  /** Names that go on for ever, each page after the last name of the one before. */
  private ApiAnswer endlessPage(String name, QueryParameters query) {
    int asked =
        new Pages(state, Paging.of(ENDLESS_PAGE, ENDLESS_PAGE, UnknownLast.NEXT), name).size(query);
    int size = Math.max(1, asked);
    long first = query
        .first("last")
        .filter(last -> last.startsWith(ENDLESS))
        .map(last -> Long.parseLong(last.substring(ENDLESS.length())) + 1)
        .orElse(0L);
    List<String> tags = new ArrayList<>();
    for (long number = first; number < first + size; number++) {
      tags.add(ENDLESS + number);
    }
    String next =
        "</v2/" + name + "/tags/list?last=" + tags.get(size - 1) + "&n=" + size + ">; rel=\"next\"";
    return state.json(200, body(name, tags, size)).withHeader("Link", next);
  }

  private static String array(List<String> names) {
    return names.stream().map(ErrorText::quoted).collect(Collectors.joining(",", "[", "]"));
  }
}
