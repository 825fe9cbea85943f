// Libraries that are no modules, loaded when a view needs them.
const loading = new Map();

/** Loads a script once; gives what it calls itself in the window. */
export function script(src, name) {
  if (!loading.has(src)) {
    loading.set(src, new Promise((resolve, reject) => {
      const element = document.createElement('script');
      element.src = src;
      element.onload = () => resolve(window[name]);
      element.onerror = () => {
        loading.delete(src);
        element.remove();
        reject(new Error(`${src} could not be loaded`));
      };
      document.head.append(element);
    }));
  }
  return loading.get(src);
}
