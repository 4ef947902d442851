import { render } from 'preact';

const root = document.getElementById('page');
if (root) render(<main><h1>Parlour</h1></main>, root);
