package dev.ragline.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A list that comes in pages, as a stream that asks for the next page only when it is needed. */
final class Pages<P, T> implements Iterator<T> {
  private final Function<String, P> fetch;
  private final Function<P, List<T>> items;
  private final Function<P, String> nextToken;
  private final Deque<T> page = new ArrayDeque<>();
  private @Nullable String token = "";

  private Pages(
      Function<String, P> fetch, Function<P, List<T>> items, Function<P, String> nextToken) {
    this.fetch = fetch;
    this.items = items;
    this.nextToken = nextToken;
  }

  /**
   * @param fetch gives the page of a token; the first page's is empty
   */
  static <P, T> Stream<T> stream(
      Function<String, P> fetch, Function<P, List<T>> items, Function<P, String> nextToken) {
    Iterator<T> iterator = new Pages<>(fetch, items, nextToken);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    String wanted = token;
    while (page.isEmpty() && wanted != null) {
      P fetched = fetch.apply(wanted);
      page.addAll(items.apply(fetched));
      String next = nextToken.apply(fetched);
      wanted = next.isEmpty() ? null : next;
      token = wanted;
    }
    return !page.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.removeFirst();
  }
}
