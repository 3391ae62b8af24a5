package dev.registrykit.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import land.oras.ContainerRef;
import land.oras.Registry;

/** What a user of oras-java writes for the same jobs. */
final class OrasUser {

  private static final Pattern CREATED = Pattern.compile("\"created\":\"([^\"]+)\"");

  private final String image;
  private final Registry oras;

  OrasUser(String address) {
    this.image = address + "/shop/app";
    this.oras = Registry.builder().insecure(address).build();
  }

  String digest(String tag) {
    return oras.probeDescriptor(ContainerRef.parse(image + ":" + tag)).getDigest();
  }

  String manifest(String tag) {
    return oras.getManifest(ContainerRef.parse(image + ":" + tag)).getConfig().getDigest();
  }

  List<String> names() {
    return oras.getTags(ContainerRef.parse(image)).tags();
  }

  /** It does not show the link to the next page: a page that is not full is taken for the last. */
  List<String> names(int pageSize) {
    List<String> names = new ArrayList<>();
    List<String> page = names();
    names.addAll(page);
    while (page.size() == pageSize) {
      page = oras.getTags(ContainerRef.parse(image), pageSize, names.get(names.size() - 1))
          .tags();
      names.addAll(page);
    }
    return names;
  }

  /** It has no dates and no order: manifest and configuration of every tag. */
  List<String> newest(int count) {
    Map<String, Instant> dates = new HashMap<>();
    for (String tag : names()) {
      ContainerRef ref = ContainerRef.parse(image + ":" + tag);
      String config = oras.getManifest(ref).getConfig().getDigest();
      String document = new String(oras.getBlob(ref.withDigest(config)), StandardCharsets.UTF_8);
      Matcher created = CREATED.matcher(document);
      if (created.find()) {
        dates.put(tag, Instant.parse(created.group(1)));
      }
    }
    return RawClient.newest(dates, count);
  }

  void delete(List<String> tags) {
    Collection<String> digests = new TreeSet<>();
    tags.forEach(tag -> digests.add(digest(tag)));
    deleteByDigest(digests);
  }

  void deleteByDigest(Collection<String> digests) {
    digests.forEach(digest -> oras.deleteManifest(ContainerRef.parse(image + "@" + digest)));
  }
}
