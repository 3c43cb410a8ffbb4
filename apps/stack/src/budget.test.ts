import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformWithOxc } from 'vite';
import { describe, expect, test } from 'vitest';
import {
  cameraElsewhere,
  foreignOrigins,
  pagesOf,
  spreadIntoOptional,
  visitFiles,
} from './budget.ts';
import { type Manifest, staticClosure } from './manifest.ts';
import { webDir } from './paths.ts';

const manifest: Manifest = {
  'index.html': {
    file: 'assets/index.js',
    isEntry: true,
    imports: ['_solid.js'],
    dynamicImports: ['src/home/home.tsx', 'src/help/help.tsx', 'src/copy/ui.en.ts'],
  },
  '_solid.js': { file: 'assets/solid.js', imports: ['index.html'] },
  'src/home/home.tsx': {
    file: 'assets/home.js',
    imports: ['index.html', '_form.js'],
    dynamicImports: ['src/home/dialog.tsx', 'src/shared/qr-image.ts'],
  },
  'src/home/dialog.tsx': { file: 'assets/dialog.js' },
  '_form.js': { file: 'assets/form.js' },
  'src/help/help.tsx': { file: 'assets/help.js' },
  'src/copy/ui.en.ts': { file: 'assets/en.js' },
  'src/shared/qr-image.ts': { file: 'assets/qr.js' },
};

describe('the budget', () => {
  test('counts for a page what it imports, all the way and once, and nothing lazy', () => {
    expect([...staticClosure(manifest, 'src/home/home.tsx')]).toEqual([
      'assets/home.js',
      'assets/index.js',
      'assets/solid.js',
      'assets/form.js',
    ]);
  });

  test('counts for a visit what comes of itself, too, but no other page, other language or what is asked for', () => {
    expect([...visitFiles(manifest, 'src/home/home.tsx')]).toEqual([
      'assets/index.js',
      'assets/solid.js',
      'assets/home.js',
      'assets/form.js',
      'assets/dialog.js',
    ]);
  });

  test('counts for a visit to the pages in English no words that come when somebody switches to Chinese', () => {
    const home = {
      file: 'assets/home.js',
      imports: ['index.html'],
      dynamicImports: ['src/home/home.zh.ts', 'src/home/more.en.ts'],
    };
    const english: Manifest = {
      ...manifest,
      'src/home/home.tsx': home,
      'src/home/home.zh.ts': { file: 'assets/zh.js' },
      'src/home/more.en.ts': { file: 'assets/more.js' },
    };
    expect([...visitFiles(english, 'src/home/home.tsx', 'en')]).toEqual([
      'assets/index.js',
      'assets/solid.js',
      'assets/en.js',
      'assets/home.js',
      'assets/more.js',
    ]);
  });

  test('takes for pages the components that the entry loads lazily, not what a page does', () => {
    expect(pagesOf(manifest)).toEqual(['src/home/home.tsx', 'src/help/help.tsx']);
  });

  test('finds the camera on any page but its own', () => {
    const entry = manifest['index.html'];
    const withCamera: Manifest = {
      ...manifest,
      'index.html': {
        file: 'assets/index.js',
        isEntry: true,
        dynamicImports: [...(entry?.dynamicImports ?? []), 'src/face/page.tsx'],
      },
      'src/face/page.tsx': { file: 'assets/face.js', dynamicImports: ['src/face/capture.tsx'] },
      'src/face/capture.tsx': { file: 'assets/capture.js' },
    };
    expect(cameraElsewhere(withCamera)).toEqual([]);
    const help = { file: 'assets/help.js', dynamicImports: ['src/face/capture.tsx'] };
    expect(cameraElsewhere({ ...withCamera, 'src/help/help.tsx': help })).toEqual([
      'src/help/help.tsx comes to the camera, which is for src/face/page.tsx alone',
    ]);
  });

  test('finds the address of anybody else', () => {
    const text =
      'fetch("https://fonts.example.com/a");u="//x";"http://www.w3.org/2000/svg";new URL(p,"http://sr")';
    expect(foreignOrigins(text)).toEqual(['fonts.example.com']);
  });

  test('finds arguments that are spread into an optional call, and no other spread', () => {
    expect(spreadIntoOptional('a?.(...b);c?.d.e(1,...f);g?.[h](...i)')).toHaveLength(3);
    expect(spreadIntoOptional('a?.b(c(d(1)),...e);f?.[g].h[i](...j)')).toHaveLength(2);
    expect(spreadIntoOptional('a(...b);c?.d(e);[...f?.g];h?i.j:k(...l)')).toEqual([]);
  });
});

test('a class of the pages has plain fields, which bring no helper for older browsers', async () => {
  const classes = globSync('src/**/*.ts', { cwd: webDir })
    .map((file) => join(webDir, file))
    .filter((file) => /class \w+ extends Error \{\n/.test(readFileSync(file, 'utf8')));
  expect(classes.length).toBeGreaterThan(3);
  for (const file of classes) {
    const source = readFileSync(file, 'utf8');
    expect(source).not.toMatch(/declare readonly/);
    const { code } = await transformWithOxc(source, file, { target: 'safari14' });
    expect(code).toContain('this.');
    expect(code).not.toMatch(/defineProperty|oxc-project/);
  }
});
