package dev.registrykit.oci.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.generated.JsonInput;
import dev.registrykit.oci.internal.generated.model.DescriptorDocument;
import dev.registrykit.oci.internal.generated.model.ManifestDocument;
import dev.registrykit.oci.internal.generated.model.PlatformDocument;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a manifest's bytes say, and refuses those that say something else than promised. */
public final class ManifestReader {

  /** All four are asked for, always: with fewer, a registry answers with another manifest. */
  static final String ACCEPT = String.join(
      ", ",
      OciManifest.OCI_MANIFEST,
      OciManifest.OCI_INDEX,
      OciManifest.DOCKER_MANIFEST,
      OciManifest.DOCKER_MANIFEST_LIST);

  private static final Set<String> ACCEPTED = Set.of(
      OciManifest.OCI_MANIFEST,
      OciManifest.OCI_INDEX,
      OciManifest.DOCKER_MANIFEST,
      OciManifest.DOCKER_MANIFEST_LIST);

  private ManifestReader() {}

  /** Says why the bytes are no such manifest. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String why) {
      super(why, null, false, false);
    }
  }

  /** Returns the media type without its parameters, which by the specification mean nothing. */
  static String mediaType(@Nullable String contentType) throws UnreadableException {
    String type =
        contentType == null ? "" : withoutParameters(contentType).strip().toLowerCase(Locale.ROOT);
    if (!ACCEPTED.contains(type)) {
      throw new UnreadableException("the registry sent no manifest but "
          + (type.isEmpty() ? "something without a type" : type));
    }
    return type;
  }

  private static String withoutParameters(String contentType) {
    int semicolon = contentType.indexOf(';');
    return semicolon < 0 ? contentType : contentType.substring(0, semicolon);
  }

  /**
   * Reads the bytes.
   *
   * @param contentType what the answer, or a caller, says they are
   * @param digest what they were held against already
   */
  public static OciManifest read(@Nullable String contentType, String digest, byte[] bytes)
      throws UnreadableException {
    String mediaType = mediaType(contentType);
    ManifestDocument document = parse(bytes);
    String own = document.getMediaType();
    // One that could be read as either would be another image to every other reader.
    if (own != null && !own.equals(mediaType)) {
      throw new UnreadableException(
          "the manifest calls itself " + own + " but was sent as " + mediaType);
    }
    boolean hasChildren = document.getManifests() != null;
    boolean hasContent = document.getLayers() != null || document.getConfig() != null;
    if (OciManifest.isIndex(mediaType) ? hasContent || !hasChildren : hasChildren) {
      throw new UnreadableException("the manifest is not what " + mediaType + " stands for");
    }
    return OciManifest.builder(mediaType, digest, bytes)
        .artifactType(document.getArtifactType())
        .config(descriptor(document.getConfig()))
        .layers(descriptors(document.getLayers()))
        .manifests(descriptors(document.getManifests()))
        .subject(descriptor(document.getSubject()))
        .annotations(annotations(document.getAnnotations()))
        .build();
  }

  private static ManifestDocument parse(byte[] bytes) throws UnreadableException {
    try {
      ManifestDocument document = JsonInput.read(bytes, ManifestDocument::read);
      if (document != null) {
        return document;
      }
    } catch (JsonProcessingException e) {
      throw new UnreadableException("the manifest is no JSON of a manifest");
    }
    throw new UnreadableException("the manifest is empty");
  }

  /** Reads descriptors, of an index of referrers too. */
  static List<OciDescriptor> descriptors(@Nullable List<DescriptorDocument> documents)
      throws UnreadableException {
    Stream.Builder<OciDescriptor> read = Stream.builder();
    for (DescriptorDocument document :
        documents == null ? List.<DescriptorDocument>of() : documents) {
      OciDescriptor descriptor = descriptor(document);
      if (descriptor != null) {
        read.add(descriptor);
      }
    }
    return read.build().toList();
  }

  private static @Nullable OciDescriptor descriptor(@Nullable DescriptorDocument document)
      throws UnreadableException {
    if (document == null) {
      return null;
    }
    String mediaType = document.getMediaType();
    String digest = document.getDigest();
    Long size = document.getSize();
    if (mediaType == null || digest == null || size == null) {
      throw new UnreadableException("a descriptor lacks its media type, digest or size");
    }
    try {
      return OciDescriptor.builder(mediaType, digest, size)
          .artifactType(document.getArtifactType())
          .platform(platform(document.getPlatform()))
          .annotations(annotations(document.getAnnotations()))
          .build();
    } catch (IllegalArgumentException e) {
      throw new UnreadableException("a descriptor is malformed");
    }
  }

  private static @Nullable String platform(@Nullable PlatformDocument platform) {
    return platform == null
        ? null
        : Stream.of(platform.getOs(), platform.getArchitecture(), platform.getVariant())
            .filter(Objects::nonNull)
            .collect(Collectors.joining("/"));
  }

  private static Map<String, String> annotations(@Nullable Map<String, String> annotations) {
    return annotations == null
        ? Map.of()
        : annotations.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
