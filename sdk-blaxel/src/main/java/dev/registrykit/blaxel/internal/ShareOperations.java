package dev.registrykit.blaxel.internal;

import dev.registrykit.ImageRef;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.blaxel.BlaxelImage;
import dev.registrykit.blaxel.ImageShare;
import dev.registrykit.blaxel.PendingShare;
import dev.registrykit.blaxel.ShareDirection;
import dev.registrykit.blaxel.ShareExpiredException;
import dev.registrykit.blaxel.ShareResult;
import dev.registrykit.blaxel.internal.BlaxelApi.Shared;
import dev.registrykit.blaxel.internal.generated.model.ShareImageRequest;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be done with shares; only Blaxel has them. */
final class ShareOperations {

  private static final int GONE = 410;

  private final BlaxelApi api;

  ShareOperations(BlaxelApi api) {
    this.api = api;
  }

  List<ImageShare> list(ImageRef image) {
    Intent intent = Intent.onImage("list shares of " + image, image);
    return api.listShares(intent, image).stream()
        .filter(Objects::nonNull)
        .map(share -> BlaxelMapper.share(share, intent))
        .toList();
  }

  ShareResult share(ImageRef image, String targetWorkspace, @Nullable String targetAccountId) {
    Intent intent = Intent.onImage("share " + image + " with workspace " + targetWorkspace, image);
    ShareImageRequest request =
        new ShareImageRequest().targetWorkspace(targetWorkspace).targetAccountId(targetAccountId);
    Shared shared = api.shareImage(intent, image, request);
    if (shared.pending() != null) {
      return ShareResult.pending(BlaxelMapper.pendingShare(shared.pending(), intent));
    }
    if (shared.image() == null) {
      throw intent.invalid("the answer is empty");
    }
    return ShareResult.shared(BlaxelMapper.blaxelImage(image, shared.image(), intent));
  }

  void unshare(ImageRef image, String targetWorkspace) {
    Intent intent = Intent.on("unshare " + image + " with workspace " + targetWorkspace);
    Deletions.unlessDoneBefore(() -> api.unshareImage(intent, image, targetWorkspace));
  }

  List<PendingShare> listPending(ShareDirection direction) {
    Intent intent = Intent.on("list " + direction.text() + " shares");
    return api.listPendingShares(intent, direction.text()).stream()
        .filter(Objects::nonNull)
        .map(share -> BlaxelMapper.pendingShare(share, intent))
        .toList();
  }

  BlaxelImage accept(String pendingShareId, boolean overwritesTags) {
    Intent intent = Intent.on("accept share " + pendingShareId);
    try {
      WireImage image = api.acceptShare(intent, pendingShareId, overwritesTags ? true : null);
      return BlaxelMapper.blaxelImage(BlaxelMapper.ref(image, intent), image, intent);
    } catch (RegistryServiceException e) {
      throw e.statusCode() == GONE ? new ShareExpiredException(e.details()) : e;
    }
  }

  void decline(String pendingShareId) {
    api.declineShare(Intent.on("decline share " + pendingShareId), pendingShareId);
  }
}
