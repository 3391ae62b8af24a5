package dev.registrykit.reliability.properties;

import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Registry;
import dev.registrykit.blaxel.BlaxelImageFilter;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.github.OwnerKind;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.reliability.fuzz.CannedAnswers;
import dev.registrykit.reliability.fuzz.CannedAnswers.Canned;
import dev.registrykit.scaleway.ListNamespacesOptions;
import dev.registrykit.scaleway.ScalewayImageFilter;
import dev.registrykit.scaleway.ScalewayRegistry;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every list of every provider: how its server sends a page, and how a caller reads it. */
enum Lists {
  OCI_TAGS("t%d", "/tags/list", false) {
    @Override
    String body(CutList list, int page) {
      return "{\"name\":\"shop/web\",\"tags\":" + texts(list.page(page)) + "}";
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      return new Pages<>(registry.listTags(SHOP, tagOptions(cursor, ahead)), tag -> tag.name());
    }
  },
  OCI_REPOSITORIES("shop/i%d", "/_catalog", false) {
    @Override
    String body(CutList list, int page) {
      return "{\"repositories\":" + texts(list.page(page)) + "}";
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      return new Pages<>(
          registry.listImages(imageOptions(cursor)), image -> image.ref().path());
    }
  },
  OCI_REFERRERS("sha256:%064x", "/referrers/", false) {
    @Override
    String body(CutList list, int page) {
      return objects("manifests", list.page(page), "{'mediaType':'a/b','size':1,'digest':'%s'}")
          + "}";
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      return new Pages<>(
          ((OciRegistry) registry).listReferrers(SHOP, "sha256:" + "f".repeat(64)),
          referrer -> referrer.digest());
    }

    @Override
    boolean isResumed() {
      return false;
    }
  },
  SCALEWAY_TAGS("t%d", "/tags", true) {
    @Override
    String body(CutList list, int page) {
      return objects(
              "tags",
              list.page(page),
              "{'id':'%2$s','name':'%1$s','image_id':'x','status':'ready'}")
          + count(list);
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      return new Pages<>(registry.listTags(SHOP, tagOptions(cursor, ahead)), tag -> tag.name());
    }
  },
  SCALEWAY_IMAGES("i%d", "/images", true) {
    @Override
    String body(CutList list, int page) {
      return objects(
              "images",
              list.page(page),
              "{'id':'%2$s','name':'%1$s','namespace_id':'" + ID + "','status':'ready'}")
          + count(list);
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      ScalewayImageFilter filter = ScalewayImageFilter.defaults();
      return new Pages<>(
          ((ScalewayRegistry) registry)
              .listScalewayImages(cursor == null ? filter : filter.withCursor(cursor)),
          image -> image.name());
    }
  },
  SCALEWAY_NAMESPACES("n%d", "/namespaces", true) {
    @Override
    String body(CutList list, int page) {
      return objects("namespaces", list.page(page), "{'id':'%2$s','name':'%1$s','status':'ready'}")
          + count(list);
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      ListNamespacesOptions options = ListNamespacesOptions.defaults();
      return new Pages<>(
          ((ScalewayRegistry) registry)
              .listNamespaces(cursor == null ? options : options.withCursor(cursor)),
          namespace -> namespace.name());
    }
  },
  BLAXEL_TAGS("t%d", "/tags", false) {
    @Override
    String body(CutList list, int page) {
      return objects("data", list.page(page), "{'name':'%s'}") + meta(list, page);
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      return new Pages<>(registry.listTags(SANDBOX, tagOptions(cursor, ahead)), tag -> tag.name());
    }
  },
  BLAXEL_IMAGES("i%d", "/images", false) {
    @Override
    String body(CutList list, int page) {
      return objects(
              "data",
              list.page(page),
              "{'metadata':{'name':'%s','resourceType':'sandbox'},'spec':{}}")
          + meta(list, page);
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      BlaxelImageFilter filter = BlaxelImageFilter.defaults();
      return new Pages<>(
          ((BlaxelRegistry) registry)
              .listBlaxelImages(cursor == null ? filter : filter.withCursor(cursor)),
          image -> image.ref().path().replace("sandbox/", ""));
    }
  },
  GITHUB_TAGS("t%d", "/versions", false) {
    @Override
    String body(CutList list, int page) {
      return array(list.page(page), name -> """
          {"id":%d,"name":"sha256:%064x","created_at":"2026-03-01T10:00:00Z","updated_at":"2026-03-01T10:00:00Z",\
          "metadata":{"container":{"tags":["%s"]}}}""".formatted(number(name), number(name), name));
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      return new Pages<>(registry.listTags(OCTO, tagOptions(cursor, ahead)), tag -> tag.name());
    }
  },
  GITHUB_IMAGES("i%d", "/packages", false) {
    @Override
    String body(CutList list, int page) {
      return array(list.page(page), name -> """
          {"id":%d,"name":"%s","created_at":"2026-03-01T10:00:00Z","updated_at":"2026-03-01T10:00:00Z"}""".formatted(number(name), name));
    }

    @Override
    Pages<?> read(Registry registry, PageCursor cursor, int ahead) {
      return new Pages<>(
          registry.listImages(imageOptions(cursor)),
          image -> image.ref().path().replace("octo-org/", ""));
    }
  };

  private static final ImageRef SHOP = ImageRef.of("shop/web");

  private static final ImageRef SANDBOX = ImageRef.of("sandbox/web");

  private static final ImageRef OCTO = ImageRef.of("octo-org/web");

  private static final String ID = "6a1c8b7e-0000-4000-8000-000000000001";

  private static final Pattern PAGE = Pattern.compile("[?&](?:page|cursor)=c?([0-9]+)");

  private final String form;
  private final String path;
  private final boolean countsItems;

  Lists(String form, String path, boolean countsItems) {
    this.form = form;
    this.path = path;
    this.countsItems = countsItems;
  }

  /** Pages, and what an item is called. */
  record Pages<T>(PagedIterable<T> items, Function<T, String> name) {

    List<String> names() {
      return items.stream().map(name).toList();
    }

    /** Returns the cursors behind each page but the last. */
    List<PageCursor> cursors() {
      List<PageCursor> cursors = new ArrayList<>();
      items.pages().forEach(page -> page.nextCursor().ifPresent(cursors::add));
      return cursors;
    }
  }

  CutList list(long seed) {
    return new CutList(seed, form, countsItems);
  }

  /** Returns the body of a page, by its number from 0. */
  abstract String body(CutList list, int page);

  /** Reads the list from a cursor on; null for the beginning. */
  abstract Pages<?> read(Registry registry, PageCursor cursor, int ahead);

  /** Returns whether a listing can be resumed by a cursor. */
  boolean isResumed() {
    return true;
  }

  /** Opens a registry that has this list. */
  Registry open(CutList list) {
    HttpOptions options =
        HttpOptions.defaults().withHttpClient(new CannedAnswers(request -> answer(list, request)));
    if (name().startsWith("OCI")) {
      return OciRegistry.builder()
          .registry("registry.example")
          .bearerToken("t")
          .httpOptions(options)
          .build();
    }
    if (name().startsWith("BLAXEL")) {
      return BlaxelRegistry.builder()
          .workspace("main")
          .apiKey("k")
          .httpOptions(options)
          .build();
    }
    if (name().startsWith("GITHUB")) {
      return GithubRegistry.builder()
          .owner("octo-org")
          .ownerKind(OwnerKind.ORGANIZATION)
          .token("t")
          .httpOptions(options)
          .build();
    }
    return ScalewayRegistry.builder()
        .region("fr-par")
        .secretKey(ID)
        .httpOptions(options)
        .build();
  }

  private Canned answer(CutList list, HttpRequest request) {
    String path = request.uri().getPath();
    if (!path.contains(this.path)) {
      return holder(path);
    }
    Matcher number = PAGE.matcher("?" + request.uri().getRawQuery());
    boolean isGithub = name().startsWith("GITHUB");
    int first = countsItems || isGithub ? 1 : 0;
    int page = number.find() ? Integer.parseInt(number.group(1)) - first : 0;
    List<String> links = new ArrayList<>();
    if ((name().startsWith("OCI") || isGithub) && page + 1 < list.pageCount()) {
      links.add("<" + path + "?page=" + (page + 1 + first) + ">; rel=\"next\"");
    }
    if (isGithub && page > 0) {
      links.add("<" + path + "?page=1>; rel=\"first\"");
    }
    return new Canned(
        200,
        links.isEmpty() ? Map.of() : Map.of("Link", List.of(String.join(", ", links))),
        body(list, page).getBytes(StandardCharsets.UTF_8));
  }

  /** What holds the list on Scaleway, where everything is asked for by its identifier. */
  private static Canned holder(String path) {
    String kind = path.endsWith("/images") ? "images" : "namespaces";
    String name = kind.equals("images") ? "web" : "shop";
    return Canned.json(
        objects(kind, List.of(name), "{'id':'" + ID + "','name':'%s','namespace_id':'" + ID + "'}")
            + ",\"total_count\":1}");
  }

  private static ListTagsOptions tagOptions(PageCursor cursor, int ahead) {
    ListTagsOptions options = ListTagsOptions.defaults().withPagesAhead(ahead);
    return cursor == null ? options : options.withCursor(cursor);
  }

  private static ListImagesOptions imageOptions(PageCursor cursor) {
    ListImagesOptions options = ListImagesOptions.defaults();
    return cursor == null ? options : options.withCursor(cursor);
  }

  private static String texts(List<String> items) {
    return items.stream()
        .map(item -> item == null ? "null" : "\"" + item + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Returns the beginning of an object that has this array: of each item its name and an identifier made of it. */
  private static String objects(String field, List<String> items, String form) {
    return items.stream()
        .map(item -> item == null ? "null" : form.replace('\'', '"').formatted(item, id(item)))
        .collect(Collectors.joining(",", "{\"" + field + "\":[", "]"));
  }

  private static String array(List<String> items, Function<String, String> form) {
    return items.stream()
        .map(item -> item == null ? "null" : form.apply(item))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Returns the number in a name such as t0, from 1. */
  private static int number(String name) {
    return 1 + Integer.parseInt(name.substring(1));
  }

  private static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String count(CutList list) {
    return ",\"total_count\":" + list.entryCount() + "}";
  }

  private static String meta(CutList list, int page) {
    boolean hasMore = page + 1 < list.pageCount();
    return ",\"meta\":{\"hasMore\":" + hasMore
        + (hasMore ? ",\"nextCursor\":\"c" + (page + 1) + "\"" : "") + "}}";
  }
}
