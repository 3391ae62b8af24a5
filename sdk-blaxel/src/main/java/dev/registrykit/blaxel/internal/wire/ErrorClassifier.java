package dev.registrykit.blaxel.internal.wire;

import dev.registrykit.ErrorDetails;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells by the words of a refusal what it is about, where the status has several meanings and no recorded
 * body tells more. The caller's own names are taken out first: a tag may be called {@code shared}.
 */
final class ErrorClassifier {

  private static final Pattern SHARING = Pattern.compile("\\b(un)?shar(e|ed|es|ing)\\b");

  private static final Pattern USE =
      Pattern.compile("\\b(in[ -]use|used|deployed|deployments?|running|active)\\b");

  private static final Pattern OTHER_CAUSE = Pattern.compile(
      "\\b(versions?|workspaces?|invalid|malformed|missing|required|unknown|unsupported)\\b");

  private static final Pattern IMAGE = Pattern.compile("\\b(images?|repositor(y|ies))\\b");

  private static final Pattern TAG = Pattern.compile("\\btags?\\b");

  private static final Pattern MISSING = Pattern.compile(
      "\\b(not (be )?found|no such|not exist|doesn't exist|no longer exists?|unknown|missing)\\b");

  private static final Pattern WRONG_PLACE =
      Pattern.compile("\\b(workspaces?|routes?|paths?|pages?|endpoints?|urls?|accounts?)\\b");

  private final String code;
  private final String message;

  private ErrorClassifier(String code, String message) {
    this.code = code;
    this.message = message;
  }

  static ErrorClassifier of(ErrorDetails details, Collection<String> names) {
    return new ErrorClassifier(
        plain(details.errorCode().orElse("")),
        plain(without(names, details.serverMessage().orElse(""))));
  }

  /** Takes out addresses too: the words in the API's own paths say nothing. */
  private static String without(Collection<String> names, String text) {
    String rest = text.replaceAll("\\S*/\\S*/\\S*", "");
    for (String name :
        names.stream().sorted(Comparator.comparing(String::length).reversed()).toList()) {
      rest = rest.replaceAll("(?<![A-Za-z0-9_-])" + Pattern.quote(name) + "(?![A-Za-z0-9_-])", "");
    }
    return rest;
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns whether a 400 to a deletion has another cause than that the thing is in use. */
  boolean namesAnotherCause() {
    if (!code.isEmpty() && (has(USE, code) || namesAnotherCause(code))) {
      return !has(USE, code);
    }
    return namesAnotherCause(message);
  }

  private static boolean namesAnotherCause(String text) {
    return has(SHARING, text) || (!has(USE, text) && has(OTHER_CAUSE, text));
  }

  /** Returns whether a 404 is about something around the image rather than the image. */
  boolean isAboutAnotherPlace() {
    return namesAnotherPlace() && !isAboutTheImage();
  }

  private boolean namesAnotherPlace() {
    return has(WRONG_PLACE, message) || has(WRONG_PLACE, code);
  }

  /** Returns whether it says that an image or a tag is missing, and nothing of what is around them. */
  boolean saysThatItIsMissing() {
    return isAboutTheImage()
        && (has(MISSING, message) || has(MISSING, code))
        && !namesAnotherPlace();
  }

  /** Returns whether it speaks of the image or the tag at all. */
  boolean isAboutTheImage() {
    return has(IMAGE, message) || has(TAG, message) || has(IMAGE, code) || has(TAG, code);
  }

  /** Returns whether a 404 is about the tag and not about the image. */
  boolean isAboutTheTagAlone() {
    boolean speaksOfImage = has(IMAGE, message) || has(IMAGE, code);
    return !speaksOfImage && (has(TAG, message) || has(TAG, code));
  }

  private static boolean has(Pattern words, String text) {
    return words.matcher(text).find();
  }
}
