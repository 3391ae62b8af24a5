package dev.registrykit.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between pages, and to files of the repository, lead somewhere. */
class LinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");

  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");

  @ParameterizedTest
  @MethodSource("dev.registrykit.samples.pages.Pages#all")
  void everyLinkLeadsSomewhere(Path page) {
    List<String> dead = new ArrayList<>();
    Matcher links = LINK.matcher(Pages.withoutCode(page));
    while (links.find()) {
      String link = links.group(1);
      if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
        dead.add(link);
      }
    }
    assertEquals(List.of(), dead);
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** The anchors of headings, as GitHub makes them. */
  private static Set<String> anchors(Path page) {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher headings = HEADING.matcher(Pages.withoutCode(page));
    while (headings.find()) {
      String anchor = headings
          .group(1)
          .toLowerCase(Locale.ROOT)
          .replaceAll("[^\\p{L}\\p{N} _-]", "")
          .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }
}
