/**
 * Times the main job of the built distribution from outside: how long it takes to start, to bring
 * documents in, to find passages and to answer, and how much memory it holds. What enters is a
 * distribution and a folder of documents; what leaves is a Markdown table.
 */
@NullMarked
package dev.ragline.bench;

import org.jspecify.annotations.NullMarked;
