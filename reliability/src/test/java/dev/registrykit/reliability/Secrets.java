package dev.registrykit.reliability;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks for secrets in texts, in every encoding that they could have on the way. */
final class Secrets {

  private final Set<String> spellings = new TreeSet<>();

  Secrets(List<String> secrets) {
    for (String secret : secrets) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      spellings.add(secret);
      spellings.add(new String(bytes, StandardCharsets.ISO_8859_1)); // as bytes are read here
      spellings.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
      spellings.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      spellings.add(Base64.getEncoder()
          .withoutPadding()
          .encodeToString(("ci:" + secret).getBytes(StandardCharsets.UTF_8)));
      spellings.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      spellings.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
      spellings.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
    }
  }

  /** Returns the spellings that a text shows. */
  List<String> in(String text) {
    return spellings.stream().filter(text::contains).toList();
  }
}
