package dev.registrykit.samples.cli;

import dev.registrykit.ImageRef;
import dev.registrykit.Status;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What several commands read from their arguments. */
final class Arguments {

  private Arguments() {}

  /** Reads a reference that names neither a tag nor a digest. */
  static ImageRef wholeImage(String text) {
    ImageRef ref = ImageRef.parse(text);
    if (ref.tag().isPresent() || ref.digest().isPresent()) {
      throw ProgramException.usage("IMAGE: without a tag and a digest, not " + ref);
    }
    return ref;
  }

  /** Reads a text file that the command names. */
  static String file(String option, Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw ProgramException.usage(option + ": there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw ProgramException.usage(option + ": " + file + " is no text in UTF-8", e);
    } catch (IOException e) {
      throw ProgramException.usage(option + ": " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static String shown(Status status) {
    return status.equals(Status.UNKNOWN) ? Table.NOTHING : status.text();
  }
}
