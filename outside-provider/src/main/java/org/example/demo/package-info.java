/** A small provider, as somebody else writes it in a repository of their own. */
@NullMarked
package org.example.demo;

import org.jspecify.annotations.NullMarked;
