package dev.registrykit.retention;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads a {@link RetentionPolicy} from YAML. Sends nothing.
 *
 * <pre>{@code
 * tags: "build-*"                # a glob, or the word all, or {regex: "pr-[0-9]+"}, or {versions: ">=1 <2"}
 * keep:                          # or the word nothing
 *   newest-images: 10            # keepNewestImages
 *   newest-tags: 10              # keepNewestTags
 *   younger-than: 14d            # keepYoungerThan: 2w, 14d, 36h, 14 days, 90 minutes, or ISO 8601: PT36H
 *   matching: ["release-*"]      # keepMatching, each as tags above; {glob: all} is the tag of that name
 *   per-major: 1                 # keepNewestPerMajor
 *   per-minor: 3                 # keepNewestPerMinor
 *   daily: 7                     # keepDaily; and weekly, monthly, yearly
 *   zone: Europe/Paris           # inZone: where days begin, needed by these four
 *   tags: [prod]                 # keepTags
 *   digests: ["sha256:..."]      # keepDigests
 * keep-siblings: true            # keepSiblings
 * delete-latest-too: true        # deleteLatestToo
 * delete-undated-too: true       # deleteUndatedToo
 * date: newer                    # by: created, updated, changed, newer
 * trust-dates-from: 2001-01-01T00:00:00Z
 * delete-at-most: 100            # deleteAtMost, in tags
 * delete-at-most-percent: 20     # deleteAtMostPercent, of the governed tags
 * allow-deleting-every-tag: true # allowDeletingEveryTag
 * }</pre>
 *
 * <p>{@code tags} and {@code keep} have to be said; every other field may be left out. Each stands for the method of
 * {@link RetentionPolicy.Builder} beside it and has its rules; {@link RetentionPolicy.Builder#keepIf} alone
 * cannot be said in a file. {@code false} is as if the field were not there.
 *
 * <p>A file is at most 1 MiB of UTF-8. Aliases, anchors, tags of YAML and several documents are refused.
 *
 * @since 0.1.0
 */
public final class RetentionPolicyFile {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_MESSAGE = 500;

  private RetentionPolicyFile() {}

  /**
   * Reads a policy from a file, or from the one that a symbolic link leads to.
   *
   * @throws IllegalArgumentException if there is no such file, it is no regular one, is too long, or has an unknown, empty,
   *     contradictory or mistyped field; the message names the file, the line and the field
   * @throws UncheckedIOException if it cannot be read
   */
  public static RetentionPolicy read(Path file) {
    return policy(file.toString(), text(file));
  }

  /**
   * Reads a policy from a text.
   *
   * @throws IllegalArgumentException if it has an unknown, empty, contradictory or mistyped field; the
   *     message names the line and the field
   */
  public static RetentionPolicy parse(String yaml) {
    Objects.requireNonNull(yaml, "yaml");
    if (yaml.length() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "Tried to read the policy, but it is longer than " + MAX_BYTES + " characters");
    }
    return policy("the policy", yaml);
  }

  private static RetentionPolicy policy(String source, String yaml) {
    try {
      return PolicyFields.policy(YamlParser.parse(yaml));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Tried to read " + source + ", but could not understand " + shown(e), e);
    }
  }

  /** What is quoted may be long, and may do things to a terminal. */
  private static String shown(IllegalArgumentException problem) {
    String message = String.valueOf(problem.getMessage()).replaceAll("\\p{C}", "?");
    return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
  }

  private static String text(Path file) {
    byte[] bytes = bytes(file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Tried to read " + file + ", but it is no UTF-8 text", e);
    }
  }

  private static byte[] bytes(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe or a device may never end
      throw new IllegalArgumentException("Tried to read " + file + ", but it is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "Tried to read " + file + ", but it is longer than " + MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "Tried to read " + file + ", but there is no such file", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + file + ", but could not", e);
    }
  }
}
