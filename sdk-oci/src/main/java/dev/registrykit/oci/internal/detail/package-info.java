/** What tags lead to: dates and sizes of images, and which tags share a manifest. */
@NullMarked
package dev.registrykit.oci.internal.detail;

import org.jspecify.annotations.NullMarked;
