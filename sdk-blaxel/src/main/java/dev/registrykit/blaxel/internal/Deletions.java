package dev.registrykit.blaxel.internal;

import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.blaxel.internal.generated.ApiResponse;
import dev.registrykit.blaxel.internal.generated.model.ImageMetadata;
import dev.registrykit.blaxel.internal.generated.model.WireImage;

/** What every deletion of the API has in common: it is done when it is answered. */
final class Deletions {

  private static final int ACCEPTED = 202;

  private Deletions() {}

  /**
   * Returns an answer that can be believed: it is empty, or names the image that something was taken
   * from. Whether what it has left is the state before or after is not documented.
   *
   * @throws InvalidResponseException for anything else, such as a portal's answer
   */
  static ApiResponse<WireImage> believed(
      ApiResponse<WireImage> answer, ImageRef image, BlaxelOperation operation) {
    WireImage echoed = answer.getData();
    if (echoed != null) {
      ImageMetadata metadata = BlaxelMapper.metadata(echoed, operation);
      BlaxelMapper.required(metadata.getName(), "an image", "name", operation);
      BlaxelMapper.about(image, echoed, operation);
    }
    return answer;
  }

  /** Returns what a deletion did whose answer is believed. */
  static DeleteResult result(ApiResponse<WireImage> answer) {
    return DeleteResult.of(
        answer.getStatusCode() == ACCEPTED ? DeleteOutcome.ACCEPTED : DeleteOutcome.DELETED, null);
  }
}
