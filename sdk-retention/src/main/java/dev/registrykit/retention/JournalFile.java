package dev.registrykit.retention;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A journal in a file that no other process can use meanwhile. Not thread-safe.
 *
 * <p>It is written as a random access file, because a channel would be closed by the interrupt of the
 * thread that writes, which is when the last lines matter most.
 */
final class JournalFile implements Journal, AutoCloseable {

  /**
   * The journals that are in use in this process. Where locks are POSIX's, closing a file ends all locks of the
   * process on it, so that it must not even be opened to be read.
   */
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private final RandomAccessFile file;
  private final Path key;
  private List<JournalEntry> history = List.of();

  private JournalFile(RandomAccessFile file, Path key) {
    this.file = file;
    this.key = key;
  }

  /** Returns the path. */
  static Path required(Path path) {
    try {
      path.toFile();
      return path;
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException("journal: no file of the default file system: " + path, e);
    }
  }

  /**
   * Returns what a journal holds.
   *
   * @throws IllegalStateException if a run of this process has it
   */
  static byte[] bytes(Path path) throws IOException {
    Path key = required(path).toRealPath();
    if (!IN_USE.add(key)) {
      throw inUse(path);
    }
    try {
      return Files.readAllBytes(path);
    } finally {
      IN_USE.remove(key);
    }
  }

  /** Begins a journal. */
  static JournalFile create(Path path, PlanContent plan, Instant at) throws IOException {
    try {
      Files.createFile(path, ownerOnly(path));
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          "journal: " + path + " exists; a run that it is of is resumed, not begun", e);
    }
    JournalFile journal = locked(path);
    try {
      journal.append(JournalWriter.header(plan, at));
      return journal;
    } catch (IOException | RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    boolean isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Opens a journal to go on with it, without the line that a kill cut off.
   *
   * @param plan what it was made for when it was looked at before
   */
  static JournalFile open(Path path, PlanContent plan) throws IOException {
    JournalFile journal = locked(path);
    try {
      JournalContent content = JournalReader.read(journal.all());
      if (!content.plan().equals(plan)) {
        throw new IllegalArgumentException("line 1: plan: it is another one by now");
      }
      journal.history = content.entries();
      journal.file.setLength(content.length());
      journal.file.seek(content.length());
      return journal;
    } catch (IOException | RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  private byte[] all() throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.length())];
    file.readFully(bytes);
    return bytes;
  }

  private static JournalFile locked(Path path) throws IOException {
    Path key = path.toRealPath();
    if (!IN_USE.add(key)) {
      throw inUse(path);
    }
    JournalFile journal = null;
    try {
      journal = new JournalFile(new RandomAccessFile(path.toFile(), "rw"), key);
      if (!journal.tryLock()) {
        throw inUse(path);
      }
      return journal;
    } catch (IOException | RuntimeException | Error e) {
      IN_USE.remove(key);
      if (journal != null) {
        journal.close();
      }
      throw e;
    }
  }

  private boolean tryLock() throws IOException {
    try {
      return file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // somebody else's in this process
    }
  }

  private static IllegalStateException inUse(Path path) {
    return new IllegalStateException("journal: " + path + " is in use by another run");
  }

  /** Returns what it held when it was opened. */
  List<JournalEntry> history() {
    return history;
  }

  @Override
  public void append(JournalEntry entry) throws IOException {
    append(JournalWriter.line(entry));
  }

  private void append(String line) throws IOException {
    file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    file.getFD().sync();
  }

  /** Gives the file free; what was appended is on the disk already, so that nothing is lost if that fails. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // The process gives it free when it ends.
    } finally {
      IN_USE.remove(key);
    }
  }
}
