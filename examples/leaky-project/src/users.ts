import { Pool } from 'pg';

const pool = new Pool();

export interface User {
  readonly id: number;
  readonly name: string;
}

/** Leaks the client when the query throws. After ten such errors the pool is empty, and every request waits for ever. */
export async function listUsers(): Promise<User[]> {
  const client = await pool.connect();
  const { rows } = await client.query<User>('SELECT id, name FROM users');
  client.release();
  return rows;
}

/** Leaks the client when there is no such user: the early return forgets it. */
export async function renameUser(id: number, name: string): Promise<boolean> {
  const client = await pool.connect();
  try {
    const found = await client.query('SELECT 1 FROM users WHERE id = $1', [id]);
    if (found.rowCount === 0) {
      return false;
    }
    await client.query('UPDATE users SET name = $2 WHERE id = $1', [id, name]);
  } catch (error) {
    client.release(true);
    throw error;
  }
  client.release();
  return true;
}

/** Leaves the transaction open when a statement throws: the next to get this client works inside it. */
export async function transfer(from: number, to: number, amount: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET balance = balance - $2 WHERE id = $1', [from, amount]);
    await client.query('UPDATE accounts SET balance = balance + $2 WHERE id = $1', [to, amount]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

/** Leaks nothing: the client goes back on every path, and an error rolls back first. */
export async function transferSafely(from: number, to: number, amount: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET balance = balance - $2 WHERE id = $1', [from, amount]);
    await client.query('UPDATE accounts SET balance = balance + $2 WHERE id = $1', [to, amount]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
