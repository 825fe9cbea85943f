// Makes page/data/world.json of Natural Earth's public-domain shapes, as the npm package world-atlas 2.0.2 has them.
//
//   npm pack world-atlas@2.0.2 topojson-client@3.1.0        (unpack both beside each other)
//   node convert.mjs WORLD_ATLAS TOPOJSON_CLIENT > ../main/resources/page/data/world.json
//
// Polygons are rings of [longitude, latitude] in hundredths of a degree, each point as the difference to the one
// before it: half as long as GeoJSON, and read in a dozen lines.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';

const [atlas, client] = process.argv.slice(2);
const topojson = createRequire(import.meta.url)(resolve(client, 'dist/topojson-client.js'));
const read = name => JSON.parse(readFileSync(resolve(atlas, name)));

const land110 = read('land-110m.json');
const countries110 = read('countries-110m.json');
const land50 = read('land-50m.json');
const countries50 = read('countries-50m.json');

const inAmerica = ([x, y]) => x > -172 && x < -48 && y > 6 && y < 74;
const size = ring => {
  const xs = ring.map(p => p[0]);
  const ys = ring.map(p => p[1]);
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
};

// Ramer, Douglas, Peucker: what is less than so many degrees off the straight line goes.
const simplify = (line, off) => {
  if (line.length < 3) return line;
  const [a, b] = [line[0], line[line.length - 1]];
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const long = Math.hypot(dx, dy);
  let most = -1;
  let at = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const [x, y] = line[i];
    const d = long === 0 ? Math.hypot(x - a[0], y - a[1]) : Math.abs(dy * (x - a[0]) - dx * (y - a[1])) / long;
    if (d > most) [most, at] = [d, i];
  }
  if (most < off) return [a, b];
  return [...simplify(line.slice(0, at + 1), off).slice(0, -1), ...simplify(line.slice(at), off)];
};

const pack = line => {
  let [lx, ly] = [0, 0];
  return line.flatMap(([x, y]) => {
    const [px, py] = [Math.round(x * 100), Math.round(y * 100)];
    const d = [px - lx, py - ly];
    [lx, ly] = [px, py];
    return d;
  });
};

const rings = topology => topojson.feature(topology, topology.objects.land).features
    .flatMap(f => f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates);
const borders = topology => topojson.mesh(topology, topology.objects.countries, (a, b) => a !== b).coordinates;

const world = {
  land: rings(land110).map(polygon => polygon.map(pack)),
  borders: borders(countries110).map(line => pack(simplify(line, 0.1))),
};
const america = {
  land: rings(land50).filter(p => p[0].some(inAmerica) && size(p[0]) > 0.5)
      .map(polygon => polygon.filter(ring => size(ring) > 0.5).map(ring => pack(simplify(ring, 0.05)))),
  borders: borders(countries50).filter(line => line.every(inAmerica)).map(line => pack(simplify(line, 0.05))),
};
process.stdout.write(JSON.stringify({origin: 'Natural Earth, public domain, naturalearthdata.com', world, america}));
