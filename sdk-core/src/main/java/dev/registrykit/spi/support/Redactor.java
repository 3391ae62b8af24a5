package dev.registrykit.spi.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text that leaves the SDK, for a server may say back what it was sent. Immutable.
 *
 * <p>A secret is found as it is and in Base64, each also where JSON, a URL or HTML has escaped any of
 * its characters, and where one of these has escaped what another had. In its place stands {@code
 * (hidden)}. A secret of less than 6 characters is hidden only where no letter or digit is beside it:
 * elsewhere it is taken for a part of a word.
 *
 * @since 0.1.0
 */
public final class Redactor implements UnaryOperator<String> {

  private static final String HIDDEN = "(hidden)";

  /** Shorter secrets would be found in the midst of words. */
  private static final int MIN_LENGTH_WITHIN_WORDS = 6;

  /** Passwords of test servers are words that may stand anywhere, and nothing as long as this is. */
  private static final int MIN_LENGTH_OF_NO_WORD = 16;

  /** As in a JSON text that holds another, or a URL. */
  private static final int MAX_LAYERS = 2;

  private static final Redactor NONE = new Redactor(Set.of());

  private final Set<String> secrets;

  /** What the secrets are searched as, longest first; made when an answer needs it, which is rare. */
  private volatile @Nullable List<String> forms;

  private Redactor(Set<String> secrets) {
    this.secrets = secrets;
  }

  /** Returns one that hides nothing. */
  public static Redactor none() {
    return NONE;
  }

  /** Returns one that hides these secrets, of which empty ones are ignored. */
  public static Redactor of(Collection<String> secrets) {
    Set<String> named = new LinkedHashSet<>();
    for (String secret : secrets) {
      if (!secret.isBlank()) {
        named.add(secret.strip());
      }
    }
    return named.isEmpty() ? NONE : new Redactor(named);
  }

  /** A secret that holds another is to be found before that. */
  private List<String> forms() {
    List<String> known = forms;
    if (known == null) {
      Set<String> all = new LinkedHashSet<>();
      for (String secret : secrets) {
        all.add(secret);
        addBase64(all, secret);
      }
      known = all.stream()
          .sorted(Comparator.comparingInt(String::length).reversed())
          .toList();
      forms = known;
    }
    return known;
  }

  /** Without padding, which may be there or not. */
  private static void addBase64(Set<String> forms, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * Returns one that hides the values of auth headers, what follows the scheme in each, and the password
   * where the scheme is Basic.
   */
  public static Redactor ofHeaders(Collection<String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    List<String> secrets = new ArrayList<>();
    for (String value : values) {
      int blank = value.indexOf(' ');
      String withoutScheme = value.substring(blank + 1).strip();
      secrets.add(value);
      secrets.add(withoutScheme);
      if (blank > 0 && value.substring(0, blank).equalsIgnoreCase("Basic")) {
        addPassword(secrets, withoutScheme);
      }
    }
    return of(secrets);
  }

  private static void addPassword(List<String> secrets, String base64) {
    String login;
    try {
      login = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return; // not what Basic says, so that there is nothing more to know
    }
    secrets.add(login);
    secrets.add(login.substring(login.indexOf(':') + 1));
  }

  /** Returns one that hides what either hides. */
  public Redactor and(Redactor other) {
    if (secrets.isEmpty() || secrets.containsAll(other.secrets)) {
      return secrets.isEmpty() ? other : this;
    }
    Set<String> both = new LinkedHashSet<>(secrets);
    both.addAll(other.secrets);
    return new Redactor(both);
  }

  /** Returns the text without the secrets. */
  @Override
  public String apply(String text) {
    if (secrets.isEmpty() || text.isEmpty()) {
      return text;
    }
    BitSet hidden = marked(text, forms());
    return hidden.isEmpty() ? text : without(hidden, text);
  }

  /**
   * Returns whether a secret stands in the text, of which those are looked for that no other word can be taken
   * for: of at least 16 characters, as they are or in Base64.
   */
  public boolean findsLongSecretIn(String text) {
    List<String> unmistakable =
        forms().stream().filter(form -> form.length() >= MIN_LENGTH_OF_NO_WORD).toList();
    return !marked(text, unmistakable).isEmpty();
  }

  private static BitSet marked(String text, List<String> forms) {
    BitSet marked = new BitSet(text.length());
    mark(UnescapedText.of(text), forms, MAX_LAYERS, marked);
    return marked;
  }

  private static void mark(UnescapedText text, List<String> forms, int layers, BitSet hidden) {
    forms.forEach(form -> mark(text, form, hidden));
    if (layers == 0) {
      return;
    }
    for (UnescapedText.Escapes escapes : UnescapedText.Escapes.values()) {
      UnescapedText inner = text.without(escapes);
      if (inner != text) {
        mark(inner, forms, layers - 1, hidden);
      }
    }
  }

  private static void mark(UnescapedText text, String secret, BitSet hidden) {
    String searched = text.text();
    for (int i = searched.indexOf(secret); i >= 0; i = searched.indexOf(secret, i + 1)) {
      int end = i + secret.length();
      if (secret.length() >= MIN_LENGTH_WITHIN_WORDS || !isWithinWord(searched, i, end)) {
        hidden.set(text.origin(i), text.origin(end));
      }
    }
  }

  private static boolean isWithinWord(String text, int start, int end) {
    return (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1)))
        || (end < text.length() && Character.isLetterOrDigit(text.charAt(end)));
  }

  private static String without(BitSet hidden, String text) {
    StringBuilder shown = new StringBuilder();
    int end = 0;
    for (int i = hidden.nextSetBit(0); i >= 0; i = hidden.nextSetBit(end)) {
      shown.append(text, end, i).append(HIDDEN);
      end = hidden.nextClearBit(i);
    }
    return shown.append(text, end, text.length()).toString();
  }

  /** Names none of the secrets. */
  @Override
  public String toString() {
    return "Redactor of " + secrets.size() + " texts";
  }
}
