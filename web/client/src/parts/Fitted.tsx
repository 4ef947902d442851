import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Its content drawn as large as fits into the place it has; an ornament, which cannot be touched. */
export function Fitted({ children }: { readonly children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [outer, inner] = [place.current, content.current];
    if (!outer || !inner) return;
    const fit = (): void => {
      const scale = Math.min(outer.clientWidth / inner.offsetWidth, outer.clientHeight / inner.offsetHeight);
      inner.style.transform = `translate(-50%, -50%) scale(${scale})`;
    };
    const watcher = new ResizeObserver(fit);
    watcher.observe(outer);
    watcher.observe(inner);
    return () => watcher.disconnect();
  }, []);
  return (
    <div class="fitted" ref={place}>
      <div class="fitted-content" ref={content}>
        {children}
      </div>
    </div>
  );
}
