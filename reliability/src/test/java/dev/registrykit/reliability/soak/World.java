package dev.registrykit.reliability.soak;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import java.util.Map;
import java.util.Random;

/** A registry with two doors: the SDK's, which is unreliable, and that of others, which is not. Thread-safe. */
interface World extends AutoCloseable {

  String name();

  ImageRef image();

  /** Opens the unreliable door. */
  Registry open();

  /** Pushes a tag as another client does, and returns its digest; empty where there are none. */
  String push(String tag, String content);

  /** Returns the tags that are there, with their digests; empty ones where there are none. */
  Map<String, String> tags();

  /** Returns whether nothing more should be pushed until it forgets everything. */
  default boolean isFull() {
    return false;
  }

  /** Has something go wrong soon. */
  void spoil(Random random);

  /** Returns how many things went wrong. */
  long faults();

  /** Has nothing go wrong any more. */
  void calm();

  /** Forgets everything. */
  void forget();

  @Override
  void close();
}
