/* Finds the place that the reader stands in. The position is looked up here, in shapes that the site has anyway: it is
   sent nowhere and kept nowhere. Results go out as the event mingge:found; if nobody takes them, they stand as links
   below the button. */
(() => {
  const metres = 111320;
  const geolocation = navigator.geolocation;
  if (!geolocation || !window.isSecureContext) return;

  const distanceWords = (value) => (value < 950 ? `${Math.max(10, Math.round(value / 10) * 10)} m` : `${(value / 1000).toFixed(1)} km`);

  // A ring is its first corner and the steps to the others: longitude and latitude in parts of a degree.
  const corners = (ring, scale) => {
    const found = [];
    let x = 0;
    let y = 0;
    for (let at = 0; at < ring.length; at += 2) {
      x += ring[at];
      y += ring[at + 1];
      found.push([x / scale, y / scale]);
    }
    return found;
  };

  // Metres from the position, on a plane that touches the earth there: good for some hundred kilometres.
  const plane = (ring, longitude, latitude) => {
    const squeeze = Math.cos(latitude * Math.PI / 180);
    return ring.map(([x, y]) => [(x - longitude) * squeeze * metres, (y - latitude) * metres]);
  };

  const toSegment = ([ax, ay], [bx, by]) => {
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const along = length ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length)) : 0;
    return Math.hypot(ax + along * dx, ay + along * dy);
  };

  // Whether the position is inside, by how many borders a ray crosses (holes count like any other), and how far it is
  // from the nearest border.
  const measured = (rings) => {
    let inside = false;
    let border = Infinity;
    for (const ring of rings) {
      for (let at = 0; at < ring.length; at += 1) {
        const one = ring[at];
        const other = ring[(at + 1) % ring.length];
        border = Math.min(border, toSegment(one, other));
        if (one[1] > 0 !== other[1] > 0 && -one[1] * (other[0] - one[0]) / (other[1] - one[1]) + one[0] > 0) inside = !inside;
      }
    }
    return { inside, border };
  };

  const find = (data, { longitude, latitude, accuracy }) => {
    const blur = Math.max(accuracy || 0, data.tolerance);
    const every = data.places.map(([label, path, rings]) => ({
      label, path, ...measured(rings.map((ring) => plane(corners(ring, data.scale), longitude, latitude))),
    })).sort((a, b) => (b.inside - a.inside) || (a.inside ? 0 : a.border - b.border));
    const near = every.filter((place, index) => place.inside || index === 0 || place.border <= blur);
    return { blur, places: near.slice(0, 4) };
  };

  const note = (box, place, blur) => {
    const values = { "{distance}": distanceWords(place.border), "{accuracy}": distanceWords(blur) };
    const words = [];
    if (place.inside) words.push(box.dataset.inside);
    if (place.border <= blur) words.push(box.dataset.near);
    if (!words.length) words.push(box.dataset.nearest);
    return words.join(" ").replace(/\{(distance|accuracy)\}/g, (name) => values[name]);
  };

  for (const box of document.querySelectorAll("[data-mingge-places]")) {
    const button = box.querySelector("[data-mingge-locate]");
    const status = box.querySelector("[role=status]");
    const list = box.querySelector("ul");
    if (!button || !status || !list) continue;
    let loading = null;

    const load = () => {
      loading = loading || fetch(box.dataset.minggePlaces).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      loading.catch(() => { loading = null; });
      return loading;
    };

    const say = (words) => { status.textContent = words; };

    const links = (found) => {
      list.textContent = "";
      for (const place of found) {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = box.dataset.root + place.path;
        link.textContent = place.label;
        item.append(link, ` ${place.note}`);
        list.append(item);
      }
      list.hidden = !found.length;
    };

    const show = async (position) => {
      try {
        const { blur, places } = find(await load(), position.coords);
        const detail = places.map((place) => ({ label: place.label, path: place.path, note: note(box, place, blur) }));
        say(box.dataset.found);
        // whoever takes the results says so by cancelling the event
        const event = new CustomEvent("mingge:found", { detail, cancelable: true });
        links(document.dispatchEvent(event) ? detail : []);
      } catch {
        say(box.dataset.failed);
      }
      button.disabled = false;
    };

    const refuse = (error) => {
      say(error.code === 1 ? box.dataset.denied : box.dataset.failed);
      button.disabled = false;
    };

    button.hidden = false;
    const privacy = box.querySelector("[data-privacy]");
    if (privacy) privacy.hidden = false;
    button.addEventListener("click", () => {
      links([]);
      say(box.dataset.finding);
      button.disabled = true;
      load().catch(() => {});
      geolocation.getCurrentPosition(show, refuse, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
    });
  }
})();
