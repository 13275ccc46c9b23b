import { Link } from '@tanstack/react-router';
import { Empty } from '../parts/states.tsx';

export function NotFound() {
  return (
    <Empty title="There is no such screen" way="The address may be old or misspelt.">
      <Link to="/">All desks</Link>
    </Empty>
  );
}
